import { Injectable } from '@nestjs/common';
import { Database, stamped, SystemRepository, type Change, type OwnFields } from '#persistence';
import { appGrantCollection, type AppGrant, type GrantEndReason } from './app-grant.collection.js';

/** Longer than any access token of it lives. */
const KEPT_AFTER_END_MS = 48 * 60 * 60 * 1000;

const notEnded = { revoked_at: { $exists: false } };

@Injectable()
export class AppGrants extends SystemRepository<AppGrant> {
  constructor(database: Database) {
    super(database, appGrantCollection);
  }

  insert(grant: OwnFields<AppGrant> & { account_id: string }): Promise<AppGrant> {
    return this.#all.insertOne(stamped<AppGrant>(grant));
  }

  find(grantId: string): Promise<AppGrant | null> {
    return this.#all.findOne({ _id: grantId });
  }

  /** What a user allows at present, the latest first. */
  living(userId: string, now: Date): Promise<AppGrant[]> {
    return this.#all.find({ user_id: userId, ...notEnded, kept_until: { $gt: now } }, { sort: { created_at: -1 } });
  }

  async used(grantId: string, now: Date): Promise<void> {
    await this.#all.updateOne({ _id: grantId }, { $max: { last_used_at: now } } as Change<AppGrant>);
  }

  /** @returns the grant when this call ended it; null when it had ended before, or never was */
  end(grantId: string, reason: GrantEndReason, now: Date): Promise<AppGrant | null> {
    const kept_until = new Date(now.getTime() + KEPT_AFTER_END_MS);
    return this.#all.findOneAndUpdate({ _id: grantId, ...notEnded }, {
      $set: { revoked_at: now, revoke_reason: reason, kept_until, updated_at: now },
      $inc: { version: 1 },
    } as Change<AppGrant>);
  }

  /** Grants that ended since `since`. */
  endedSince(since: Date): Promise<AppGrant[]> {
    return this.#all.find({ revoked_at: { $gte: since } }, { fields: ['_id', 'revoked_at'] });
  }

  get #all() {
    return this.system('grants are of users, and their tokens come back without an account');
  }
}
