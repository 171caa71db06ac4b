import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { PLANS, ROLES } from '../roles.js';

const member = <Data extends z.ZodType>(fact: string, summary: string, data: Data) =>
  defineEvent({ domain: 'accounts', entity: 'member', fact, summary, data });

const account = <Data extends z.ZodType>(fact: string, summary: string, data: Data) =>
  defineEvent({ domain: 'accounts', entity: 'account', fact, summary, data });

const AccountFact = z.object({ account_id: z.string() });

/** Of the account after the change: of two facts about its life the one with the higher number is the later one. */
const Revision = z.number().int();

const invitation = <Data extends z.ZodType>(fact: string, summary: string, data: Data) =>
  defineEvent({ domain: 'accounts', entity: 'invitation', fact, summary, data });

const MemberFact = z.object({ account_id: z.string(), user_id: z.string(), role: z.enum(ROLES) });

/** Neither the token nor its hash is ever in an event. */
const InvitationFact = MemberFact.extend({ invitation_id: z.string(), email: z.string() });

export const accountsEvents = {
  accountCreated: defineEvent({
    domain: 'accounts',
    entity: 'account',
    fact: 'created',
    summary: 'An account exists and its owner can sign in.',
    data: z.object({ account_id: z.string(), owner_user_id: z.string(), name: z.string(), plan: z.enum(PLANS) }),
  }),
  accountSwitched: defineEvent({
    domain: 'accounts',
    entity: 'account',
    fact: 'switched',
    summary: 'A user went on in another account.',
    data: z.object({ account_id: z.string(), user_id: z.string(), previous_account_id: z.string() }),
  }),
  memberInvited: member(
    'invited',
    'Somebody was invited to an account; nothing is linked before the invitation is accepted.',
    InvitationFact.extend({ invited_by: z.string(), expires_at: z.iso.datetime() }),
  ),
  memberJoined: member(
    'joined',
    'Somebody accepted an invitation and is a member now.',
    InvitationFact.extend({ invited_by: z.string() }),
  ),
  memberRoleChanged: member(
    'role_changed',
    'A member, or somebody invited, has another role. Tokens of the user are void when the role was lowered.',
    MemberFact.extend({ previous_role: z.enum(ROLES), lowered: z.boolean(), changed_by: z.string() }),
  ),
  memberRemoved: member(
    'removed',
    'Somebody does not belong to an account any more; tokens of the user are void.',
    MemberFact.extend({ removed_by: z.string() }),
  ),
  invitationResent: invitation(
    'resent',
    'An invitation was sent again with a new link; the former link is void.',
    InvitationFact.extend({ resent_by: z.string(), expires_at: z.iso.datetime() }),
  ),
  invitationRevoked: invitation(
    'revoked',
    'An invitation was taken back.',
    InvitationFact.extend({ revoked_by: z.string() }),
  ),
  invitationExpired: invitation('expired', 'An invitation was not accepted in time.', InvitationFact),
  accountClosed: account(
    'closed',
    'An account was deleted by its owner. Until it is erased it can be restored; nobody but its owner may act in it.',
    AccountFact.extend({
      closed_by: z.string(),
      revision: Revision,
      erase_at: z.iso.datetime(),
      /** Members whose tokens are void. */
      member_ids: z.array(z.string()),
    }),
  ),
  accountRestored: account(
    'restored',
    'A deleted account was restored in time.',
    AccountFact.extend({ restored_by: z.string(), revision: Revision }),
  ),
  accountErasureDue: account(
    'erasure_due',
    'The time to restore an account is over: every service erases what it has of it, and reports.',
    AccountFact.extend({
      erasure_id: z.string(),
      /** People who belonged to this account and belong to no other. */
      user_ids: z.array(z.string()),
    }),
  ),
  accountErasureReported: account(
    'erasure_reported',
    'A service has erased what it had of an account. Erasing again finds nothing more, so repetitions add up.',
    AccountFact.extend({
      report_id: z.string(),
      erasure_id: z.string(),
      service: z.string(),
      /** Removed documents by collection, and what was removed elsewhere by its kind. */
      erased: z.record(z.string(), z.number().int().min(0)),
      /** Reasons by collection whose documents stay. */
      kept: z.record(z.string(), z.string()),
    }),
  ),
  accountErased: account(
    'erased',
    'Every service has erased an account.',
    AccountFact.extend({ erasure_id: z.string(), services: z.array(z.string()), documents: z.number().int().min(0) }),
  ),
} as const;
