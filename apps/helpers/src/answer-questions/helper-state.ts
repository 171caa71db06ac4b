import { Injectable } from '@nestjs/common';
import { scopeOf } from '#contracts';
import {
  Database,
  defineCollection,
  isDuplicateKey,
  TenantRepository,
  type TenantEntity,
  erasedByAccount,
} from '#persistence';

interface KeptValue extends TenantEntity {
  value: string;
  /** Who stored it, so that a repeated request is told that it did. */
  token: string;
  /** Null: for ever. */
  expires_at: Date | null;
}

export const helperStateCollection = defineCollection<KeptValue>({
  name: 'helper_state',
  domain: 'helpers',
  title: 'Helper state',
  erasure: erasedByAccount,
  fields: { value: String, token: String, expires_at: Date },
  indexes: [{ keys: { expires_at: 1 }, options: { expireAfterSeconds: 3600 } }],
});

export interface ChangeOfState {
  key: string;
  token: string;
  /** Null: nothing may be stored. */
  expected: string | null;
  next: string;
  keepUntil?: Date;
}

export interface StoredState {
  stored: boolean;
  value: string | null;
}

/** Small values that helpers keep between runs. Ends are compared, not left to clean-up. */
@Injectable()
export class HelperState extends TenantRepository<KeptValue> {
  constructor(database: Database) {
    super(database, helperStateCollection);
  }

  async read(accountId: string, key: string): Promise<string | null> {
    return (await this.#current(accountId, key))?.value ?? null;
  }

  /** Stores the value if the expected one is there; one conditional write decides. */
  async compareAndSet(accountId: string, change: ChangeOfState): Promise<StoredState> {
    const written = change.expected === null ? this.#begin(accountId, change) : this.#replace(accountId, change);
    if (await written) return { stored: true, value: change.next };
    const current = await this.#current(accountId, change.key);
    const own = current?.token === change.token && current.value === change.next;
    return { stored: own, value: current?.value ?? null };
  }

  async #begin(accountId: string, { key, token, next, keepUntil }: ChangeOfState): Promise<boolean> {
    const now = new Date();
    try {
      // Matches only what has ended; a value that holds makes the upsert collide with it.
      const begun = await this.system('the key holds the account; an ended value must give way').findOneAndUpdate(
        { _id: `${accountId} ${key}`, expires_at: { $lte: now } },
        {
          $set: { account_id: accountId, value: next, token, expires_at: keepUntil ?? null, updated_at: now },
          $setOnInsert: { created_at: now, version: 1 },
        },
        { upsert: true },
      );
      return begun !== null;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async #replace(accountId: string, { key, token, expected, next, keepUntil }: ChangeOfState): Promise<boolean> {
    const { matched } = await this.updateWhere(
      scopeOf(accountId),
      {
        _id: `${accountId} ${key}`,
        value: expected ?? '',
        $or: [{ expires_at: null }, { expires_at: { $gt: new Date() } }],
      },
      { $set: { value: next, token, expires_at: keepUntil ?? null } },
    );
    return matched > 0;
  }

  async #current(accountId: string, key: string): Promise<KeptValue | null> {
    const found = await this.find(scopeOf(accountId), `${accountId} ${key}`);
    return found !== null && (found.expires_at === null || found.expires_at > new Date()) ? found : null;
  }
}
