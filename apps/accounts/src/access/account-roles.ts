import { Injectable } from '@nestjs/common';
import { scopeOf, type Role } from '#contracts';
import { strongest } from '../domain/role-order.js';
import type { AccountRecord } from '../persistence/account.collection.js';
import { Accounts } from '../persistence/accounts.repository.js';
import type { MembershipRecord } from '../persistence/membership.collection.js';
import { Memberships } from '../persistence/memberships.repository.js';

/** A user's place in an account: a membership of its own, or one in an account above. */
export interface Place {
  account: AccountRecord;
  role: Role;
  linkedAt: Date;
  /** Whether it comes from a membership in an account above alone. */
  inherited: boolean;
}

/** Who may act in which account. A role holds in its account and everywhere below; the strongest one counts. */
@Injectable()
export class AccountRoles {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
  ) {}

  /** The user's place in an account that a request names; null for a foreign or unknown account. */
  async of(userId: string, accountId: string): Promise<Place | null> {
    const account = await this.accounts.find(scopeOf(accountId), accountId);
    if (account === null) return null;
    const held = await this.memberships.activeIn(userId, withAncestors(account));
    return placeIn(account, held);
  }

  /** Every account the user can act in: own memberships first, the oldest first, then what lies below them. */
  async allOf(userId: string): Promise<Place[]> {
    const held = await this.memberships.ofUser(userId);
    const ids = held.map(({ account_id }) => account_id);
    const [direct, below] = await Promise.all([this.accounts.ofMember(ids), this.accounts.below(ids)]);
    const byId = new Map(direct.map((account) => [account._id, account]));
    const ordered = ids.flatMap((id) => byId.get(id) ?? []);
    const inherited = below.filter(({ _id }) => !byId.has(_id));
    return [...ordered, ...inherited].flatMap((account) => {
      const lines = new Set(withAncestors(account));
      return (
        placeIn(
          account,
          held.filter(({ account_id }) => lines.has(account_id)),
        ) ?? []
      );
    });
  }
}

const withAncestors = ({ _id, ancestors = [] }: AccountRecord): string[] => [_id, ...ancestors];

function placeIn(account: AccountRecord, held: readonly MembershipRecord[]): Place | null {
  const role = strongest(held.map((membership) => membership.role));
  if (role === undefined || account.status === 'erasing') return null;
  // Its owner may still restore it; for everybody else it is gone.
  if (account.status === 'closing' && role !== 'owner') return null;
  const own = held.find(({ account_id }) => account_id === account._id);
  return { account, role, linkedAt: own?.linked_at ?? account.created_at, inherited: own === undefined };
}
