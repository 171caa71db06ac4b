import {
  CloudEvent,
  events,
  type AuditActorKind,
  type AuditData,
  type EventData,
  type EventDefinition,
} from '#contracts';

/** What the audit log takes from a public fact. */
export interface FactToAudit {
  /** Who did it; undefined where the product did. */
  userId?: string;
  /** Undefined for facts about a person: they belong to the account that this person works in. */
  accountId?: string;
  target: { kind: string; id: string };
  data: AuditData;
}

interface Audited {
  definition: EventDefinition;
  read(data: unknown): FactToAudit;
}

const audited = <Definition extends EventDefinition>(
  definition: Definition,
  read: (data: EventData<Definition>) => FactToAudit,
): Audited => ({ definition, read: (data) => read(definition.data.parse(data) as EventData<Definition>) });

const user = (id: string) => ({ kind: 'user', id });
const invitation = (id: string) => ({ kind: 'invitation', id });

/** Facts that already say all that an entry needs. What they lack, such as who asked, is recorded where it happens. */
const AUDITED: readonly Audited[] = [
  audited(events.accountCreated, ({ account_id, owner_user_id, name, plan }) => ({
    userId: owner_user_id,
    accountId: account_id,
    target: { kind: 'account', id: account_id },
    data: { name, plan },
  })),
  audited(events.memberInvited, ({ account_id, invited_by, invitation_id, email, role }) => ({
    userId: invited_by,
    accountId: account_id,
    target: invitation(invitation_id),
    data: { email, role },
  })),
  audited(events.memberJoined, ({ account_id, user_id, invitation_id, role, invited_by }) => ({
    userId: user_id,
    accountId: account_id,
    target: invitation(invitation_id),
    data: { role, invited_by },
  })),
  audited(events.memberRoleChanged, ({ account_id, user_id, role, previous_role, changed_by }) => ({
    userId: changed_by,
    accountId: account_id,
    target: user(user_id),
    data: { role, previous_role },
  })),
  audited(events.memberRemoved, ({ account_id, user_id, role, removed_by }) => ({
    userId: removed_by,
    accountId: account_id,
    target: user(user_id),
    data: { role },
  })),
  audited(events.invitationResent, ({ account_id, invitation_id, email, resent_by }) => ({
    userId: resent_by,
    accountId: account_id,
    target: invitation(invitation_id),
    data: { email },
  })),
  audited(events.invitationRevoked, ({ account_id, invitation_id, email, revoked_by }) => ({
    userId: revoked_by,
    accountId: account_id,
    target: invitation(invitation_id),
    data: { email },
  })),
  audited(events.subscriptionChanged, ({ account_id, plan, previous_plan, status }) => ({
    accountId: account_id,
    target: { kind: 'account', id: account_id },
    data: { plan, previous_plan, status },
  })),
  audited(events.userVerified, ({ user_id, email }) => ({ userId: user_id, target: user(user_id), data: { email } })),
  audited(events.userPasswordChanged, ({ user_id }) => ({ userId: user_id, target: user(user_id), data: {} })),
  audited(events.userSignInLocked, ({ user_id, until }) => ({ target: user(user_id), data: { until } })),
  audited(events.userSignInMethodAdded, ({ user_id, method, email }) => ({
    userId: user_id,
    target: user(user_id),
    data: { method, email },
  })),
  audited(events.userSignInMethodRemoved, ({ user_id, method }) => ({
    userId: user_id,
    target: user(user_id),
    data: { method },
  })),
  audited(events.userSecondFactorChanged, ({ user_id, change, recovery_codes_left }) => ({
    // Operators act for the product, not as the person whose second factor it is.
    ...(change !== 'reset' && { userId: user_id }),
    target: user(user_id),
    data: { change, ...(recovery_codes_left !== undefined && { codes_left: recovery_codes_left }) },
  })),
  audited(events.userSessionRevoked, ({ user_id, session_ids, reason }) => ({
    userId: user_id,
    target: user(user_id),
    data: { sessions: session_ids.slice(0, 100), reason },
  })),
];

const readers = new Map(AUDITED.map((each) => [each.definition.type, each]));

export const AUDITED_SUBJECTS = AUDITED.map(({ definition }) => definition.subject());

export interface AuditedEvent extends FactToAudit {
  id: string;
  type: string;
  at: Date;
  source: string;
  actor: { kind: AuditActorKind; id: string };
}

/** What the log takes from an event; undefined for one that it does not know. @throws ZodError for one of another form */
export function auditedEvent(event: CloudEvent): AuditedEvent | undefined {
  const reader = readers.get(event.type);
  if (reader === undefined) return undefined;
  const { domain, entity, fact } = reader.definition;
  const read = reader.read(event.data);
  return {
    ...read,
    id: event.id,
    type: `${domain}.${entity}.${fact}`,
    at: new Date(event.time),
    source: event.source.replace('/mfh/', ''),
    actor: read.userId === undefined ? { kind: 'system', id: 'system' } : { kind: 'user', id: read.userId },
  };
}
