import { Injectable } from '@nestjs/common';
import type { AccountScope, Role } from '#contracts';
import { Database, TenantRepository, type Change, type Filter, type OwnFields } from '#persistence';
import {
  invitationCollection,
  invitationStates,
  type Invitation,
  type InvitationStatus,
} from './invitation.collection.js';

@Injectable()
export class Invitations extends TenantRepository<Invitation> {
  constructor(database: Database) {
    super(database, invitationCollection);
  }

  /** Whatever became of it: the token says which account, not the caller. */
  byToken(tokenHash: string): Promise<Invitation | null> {
    return this.system('the token of an invitation names its account').findOne({ token_hash: tokenHash });
  }

  /** The newest first. */
  ofAccount(scope: AccountScope, status?: InvitationStatus): Promise<Invitation[]> {
    return this.list(scope, status === undefined ? {} : { status }, { sort: { created_at: -1, _id: -1 }, limit: 500 });
  }

  pendingOf(scope: AccountScope, userId: string): Promise<Invitation | null> {
    return this.findOne(scope, { user_id: userId, status: 'pending' });
  }

  /** Pending ones of any account whose time is over, the oldest first. */
  overdue(now: Date, limit: number): Promise<Invitation[]> {
    return this.system('expiring invitations').find(
      { status: 'pending', expires_at: { $lte: now } },
      { sort: { expires_at: 1 }, limit },
    );
  }

  /** When an account has mailed invitations since then. */
  async sentSince(scope: AccountScope, since: Date): Promise<Date[]> {
    const found = await this.list(scope, { sent_at: { $gt: since } } as Filter<Invitation>, { fields: ['sent_at'] });
    return found.flatMap(({ sent_at }) => sent_at.filter((at) => at > since));
  }

  /** @throws Problem 409 `invitations.transition_not_allowed`, 404 */
  end(
    scope: AccountScope,
    id: string,
    to: Exclude<InvitationStatus, 'pending'>,
    set: Partial<OwnFields<Invitation>> = {},
  ): Promise<Invitation> {
    return this.transition(scope, id, { machine: invitationStates, field: 'status', to, set });
  }

  /** Gives a pending invitation another token and a new life; the former link is void. @returns whether it was pending */
  async renew(
    scope: AccountScope,
    id: string,
    fresh: { tokenHash: string; expiresAt: Date; now: Date },
  ): Promise<boolean> {
    const { matched } = await this.updateWhere(scope, { _id: id, status: 'pending' }, {
      $set: { token_hash: fresh.tokenHash, expires_at: fresh.expiresAt },
      $push: { sent_at: fresh.now },
    } as Change<Invitation>);
    return matched > 0;
  }

  async changeRole(scope: AccountScope, userId: string, role: Role): Promise<void> {
    const change = { $set: { role } } as Change<Invitation>;
    await this.updateWhere(scope, { user_id: userId, status: 'pending' }, change);
  }
}
