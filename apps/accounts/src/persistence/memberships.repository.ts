import { Injectable } from '@nestjs/common';
import type { AccountScope, Role } from '#contracts';
import { Database, TenantRepository, type Filter } from '#persistence';
import { membershipCollection, membershipId, type MembershipRecord } from './membership.collection.js';

/** Everybody who takes a place: invited ones too, removed ones not. */
const TEAM: Filter<MembershipRecord> = { status: { $ne: 'removed' } };

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

  /** The user's active membership in an account that a request names; null for a foreign or unknown account. */
  active(userId: string, accountId: string): Promise<MembershipRecord | null> {
    return this.system('a request may name any account: membership decides').findOne({
      _id: membershipId(accountId, userId),
      status: 'active',
    });
  }

  team(scope: AccountScope): Promise<MembershipRecord[]> {
    return this.list(scope, TEAM, { sort: { linked_at: 1, _id: 1 } });
  }

  countTeam(scope: AccountScope): Promise<number> {
    return this.count(scope, TEAM);
  }
}
