import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { Database, TenantRepository, type Filter } from '#persistence';
import { apiKeyCollection, apiKeyStates, type ApiKey } from './api-key.collection.js';

/** Of keys that work. */
export const usableAt = (now: Date): Filter<ApiKey> => ({
  status: 'active',
  $or: [{ expires_at: { $exists: false } }, { expires_at: { $gt: now } }],
});

@Injectable()
export class ApiKeys extends TenantRepository<ApiKey> {
  constructor(database: Database) {
    super(database, apiKeyCollection);
  }

  /** Keys that take a place of the plan: one that is on its way out has given its place to its successor. */
  countUsable(scope: AccountScope, now: Date): Promise<number> {
    return this.count(scope, { ...usableAt(now), replaced_by: { $exists: false } });
  }

  /** The key that a rotation took the place of, while both still work. */
  predecessorOf(scope: AccountScope, keyId: string, now: Date): Promise<ApiKey | null> {
    return this.findOne(scope, { ...usableAt(now), replaced_by: keyId });
  }

  /** The key that works and has this hash. */
  findUsable(hash: string, now: Date): Promise<ApiKey | null> {
    return this.system('a raw key does not say whose it is').findOne({ key_hash: hash, ...usableAt(now) });
  }

  /** @throws Problem 404, 409 `api_keys.transition_not_allowed` when it was revoked before */
  revoke(scope: AccountScope, keyId: string, now: Date): Promise<ApiKey> {
    const set = { revoked_at: now };
    return this.transition(scope, keyId, { machine: apiKeyStates, field: 'status', to: 'revoked', set });
  }

  /** Notes a use, unless one was noted after `since`. */
  async noteUse(scope: AccountScope, keyId: string, now: Date, since: Date): Promise<void> {
    const longAgo = { $or: [{ last_used_at: { $exists: false } }, { last_used_at: { $lt: since } }] };
    await this.updateWhere(scope, { _id: keyId, ...longAgo }, { $set: { last_used_at: now } });
  }

  /** Keys that were revoked since `since`. */
  revokedSince(since: Date): Promise<ApiKey[]> {
    return this.system('revocations concern all accounts').find({ revoked_at: { $gte: since } }, { fields: ['_id'] });
  }
}
