import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { currentRequestContext } from '#auth';
import { events, newId, type AuditActorKind, type AuditData } from '#contracts';
import { Outbox } from '#persistence';

/** What happened, for those who look after the account. */
export interface AuditedFact {
  /** `<domain>.<thing>.<fact>`, past tense: `accounts.member.removed`. */
  type: string;
  accountId: string;
  by: AuditActor;
  /** Address of the caller; left out where nobody called. */
  ip?: string | undefined;
  target?: { kind: string; id: string };
  /** Short facts that a reader needs. Secrets, codes and their hashes are refused by the name of their field. */
  data?: AuditData;
}

export interface AuditActor {
  kind: AuditActorKind;
  id: string;
}

/** The product acting by itself: sweeps, schedules, payments that come in. */
export const SYSTEM_ACTOR: AuditActor = { kind: 'system', id: 'system' };

/** Who called, from where. */
export type AuditedCaller = Pick<AuditedFact, 'by' | 'ip'>;

type Caller = { kind: 'user'; userId: string } | { kind: 'api_key'; keyId: string } | { kind: 'app'; grantId: string };

function actorOf(caller: Caller): AuditActor {
  if (caller.kind === 'user') return { kind: 'user', id: caller.userId };
  return caller.kind === 'app' ? { kind: 'app', id: caller.grantId } : { kind: 'api_key', id: caller.keyId };
}

/** Actor and address of a request: `audit.record(session, { ...auditedCaller(ctx), type, accountId })`. */
export const auditedCaller = ({ actor, ip }: { actor: Caller; ip: string }): AuditedCaller => ({
  by: actorOf(actor),
  ip,
});

/** Actor and address of the request in progress, where no parameter can carry them; undefined where nobody called. */
export function currentCaller(): AuditedCaller | undefined {
  const context = currentRequestContext();
  return context && auditedCaller(context);
}

/**
 * Writes entries of the audit log in the transaction of the change they tell of: rolled back means never recorded,
 * committed means recorded once. Identity collects the entries of all services.
 */
@Injectable()
export class AuditLog {
  constructor(private readonly outbox: Outbox) {}

  /**
   * @param session the open transaction, from `UnitOfWork.run`
   * @returns the id of the entry
   * @throws ZodError naming a field that belongs into no entry or a type of another form; the transaction then fails
   */
  async record(session: ClientSession, { type, accountId, by, ip, target, data = {} }: AuditedFact): Promise<string> {
    const id = newId('aud');
    return this.outbox.add(session, events.auditEntryRecorded, {
      id,
      subject: target?.id ?? by.id,
      accountId,
      data: {
        type,
        account_id: accountId,
        actor: by,
        ...(ip !== undefined && { ip }),
        ...(target !== undefined && { target }),
        data,
      },
    });
  }
}
