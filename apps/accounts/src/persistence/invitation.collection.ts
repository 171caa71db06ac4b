import { StateMachine, erasedByAccount } from '#persistence';
import { defineCollection, type TenantEntity } from '#persistence';
import type { Role } from '#contracts';

export const INVITATION_STATUSES = ['pending', 'accepted', 'expired', 'revoked'] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** Only a pending invitation can become anything else. */
export const invitationStates = new StateMachine<InvitationStatus>('invitations', {
  pending: ['accepted', 'expired', 'revoked'],
  accepted: [],
  expired: [],
  revoked: [],
});

/** The offer of a place in an account to whoever owns an address. */
export interface Invitation extends TenantEntity {
  /** Lower case. */
  email: string;
  /** The user who has, or will have, that address. */
  user_id: string;
  role: Role;
  inviter_id: string;
  status: InvitationStatus;
  /** SHA-256 of the token in the mail; the token itself is nowhere. */
  token_hash: string;
  expires_at: Date;
  /** When it was mailed: sending is limited per account and hour. */
  sent_at: Date[];
  accepted_at?: Date;
  accepted_user_id?: string;
}

export const invitationCollection = defineCollection<Invitation>({
  name: 'invitations',
  domain: 'invitations',
  title: 'Invitation',
  erasure: erasedByAccount,
  fields: {
    email: { type: String, required: true },
    user_id: { type: String, required: true },
    role: { type: String, required: true },
    inviter_id: { type: String, required: true },
    status: { type: String, required: true },
    token_hash: { type: String, required: true },
    expires_at: { type: Date, required: true },
    sent_at: { type: [Date], required: true },
    accepted_at: Date,
    accepted_user_id: String,
  },
  indexes: [
    { keys: { token_hash: 1 }, options: { unique: true } },
    { keys: { account_id: 1, email: 1 }, options: { unique: true, partialFilterExpression: { status: 'pending' } } },
    { keys: { account_id: 1, created_at: -1 } },
    { keys: { account_id: 1, sent_at: 1 } },
    { keys: { expires_at: 1 }, options: { partialFilterExpression: { status: 'pending' } } },
  ],
});
