import { Injectable } from '@nestjs/common';
import type { AccountScope, Role } from '#contracts';
import { Database, TenantRepository, type Change, type Filter } from '#persistence';
import { membershipCollection, membershipId, type MembershipRecord } from './membership.collection.js';

/** Everybody who takes a place: invited ones too, removed ones not. */
export const TEAM: Filter<MembershipRecord> = { status: { $ne: 'removed' } };

/** Somebody for whom a place is kept. */
export type InvitedMember = Required<Pick<MembershipRecord, 'user_id' | 'role' | 'invited_by' | 'linked_at'>>;

@Injectable()
export class Memberships extends TenantRepository<MembershipRecord> {
  constructor(database: Database) {
    super(database, membershipCollection);
  }

  add(scope: AccountScope, userId: string, role: Role, now: Date): Promise<MembershipRecord> {
    const _id = membershipId(scope.accountId, userId);
    return this.insert(scope, { _id, user_id: userId, role, status: 'active', linked_at: now });
  }

  /** The active memberships of a user, the oldest first. */
  ofUser(userId: string): Promise<MembershipRecord[]> {
    return this.system('a user may belong to several accounts').find(
      { user_id: userId, status: 'active' },
      { sort: { linked_at: 1, _id: 1 } },
    );
  }

  /** The user's active memberships in accounts that a request names, or that lie above it. */
  activeIn(userId: string, accountIds: readonly string[]): Promise<MembershipRecord[]> {
    return this.system('a request may name any account: membership decides').find({
      _id: { $in: accountIds.map((accountId) => membershipId(accountId, userId)) },
      status: 'active',
    });
  }

  /** A user's place in an account, if it was not taken away. */
  placeOf(scope: AccountScope, userId: string): Promise<MembershipRecord | null> {
    return this.find(scope, membershipId(scope.accountId, userId), TEAM);
  }

  /** Reserves a place for somebody who has none; a place that was taken away before is used again. */
  async invite(scope: AccountScope, invited: InvitedMember): Promise<void> {
    const { user_id, role, invited_by, linked_at } = invited;
    const _id = membershipId(scope.accountId, user_id);
    const fields = { role, invited_by, linked_at, status: 'invited' as const };
    const again = await this.updateWhere(scope, { _id, status: 'removed' }, {
      $set: fields,
    } as Change<MembershipRecord>);
    if (again.matched === 0) await this.insert(scope, { _id, user_id, ...fields });
  }

  /** Whoever was invited belongs to the account from now on. @returns the membership, null if the place is gone */
  async join(scope: AccountScope, userId: string, now: Date): Promise<MembershipRecord | null> {
    const _id = membershipId(scope.accountId, userId);
    const change = { $set: { status: 'active', linked_at: now } } as Change<MembershipRecord>;
    const { matched } = await this.updateWhere(scope, { _id, status: 'invited' }, change);
    return matched === 0 ? null : this.get(scope, _id);
  }

  /** Changes a role if it is still the one that was seen. @returns whether it was */
  async changeRole(scope: AccountScope, seen: MembershipRecord, role: Role): Promise<boolean> {
    const where = { _id: seen._id, role: seen.role, status: seen.status };
    const { matched } = await this.updateWhere(scope, where, { $set: { role } } as Change<MembershipRecord>);
    return matched > 0;
  }

  /** Takes a place away if it is still as it was seen. @returns whether it was */
  async remove(scope: AccountScope, seen: MembershipRecord): Promise<boolean> {
    const where = { _id: seen._id, role: seen.role, status: seen.status };
    const change = { $set: { status: 'removed' } } as Change<MembershipRecord>;
    return (await this.updateWhere(scope, where, change)).matched > 0;
  }

  /** People of the account, invited ones too, who belong to no other. */
  async onlyIn(scope: AccountScope): Promise<string[]> {
    const here = (await this.list(scope, TEAM)).map(({ user_id }) => user_id);
    const elsewhere = await this.system('people may belong to several accounts').find({
      user_id: { $in: here },
      account_id: { $ne: scope.accountId },
      ...TEAM,
    });
    const others = new Set(elsewhere.map(({ user_id }) => user_id));
    return here.filter((userId) => !others.has(userId));
  }

  team(scope: AccountScope): Promise<MembershipRecord[]> {
    return this.list(scope, TEAM, { sort: { linked_at: 1, _id: 1 } });
  }

  countTeam(scope: AccountScope): Promise<number> {
    return this.count(scope, TEAM);
  }
}
