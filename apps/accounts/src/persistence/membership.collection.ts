import type { MembershipStatus, Role } from '#contracts';
import { defineCollection, type TenantEntity, erasedByAccount } from '#persistence';

/** A user's place in an account. `_id` is `<account id>/<user id>`. */
export interface MembershipRecord extends TenantEntity {
  user_id: string;
  role: Role;
  status: MembershipStatus;
  linked_at: Date;
  invited_by?: string;
}

export const membershipId = (accountId: string, userId: string): string => `${accountId}/${userId}`;

export const membershipCollection = defineCollection<MembershipRecord>({
  name: 'user-accounts',
  domain: 'memberships',
  title: 'Membership',
  erasure: erasedByAccount,
  fields: {
    user_id: { type: String, required: true },
    role: { type: String, required: true },
    status: { type: String, required: true },
    linked_at: { type: Date, required: true },
    invited_by: String,
  },
  indexes: [{ keys: { user_id: 1, linked_at: 1 } }, { keys: { account_id: 1, linked_at: 1 } }],
});
