import { erasedByAccount } from './erasure-rule.js';
import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { AccountScope } from '#contracts';
import type { Collection } from './collection.js';
import { Database } from './database.js';
import { defineCollection } from './define-collection.js';
import type { TenantEntity } from './define-collection.js';

interface ResourceGuard extends TenantEntity {
  resource: string;
}

const resourceGuards = defineCollection<ResourceGuard>({
  name: 'resource_guards',
  domain: 'resource_guards',
  title: 'Resource guard',
  erasure: erasedByAccount,
  fields: { resource: String },
});

/**
 * Makes plan limits exact. Counting and inserting alone is not: two transactions that count the same snapshot do not
 * conflict. Both writing the guard of (account, resource) do, so one of them runs again and sees the other's row.
 */
@Injectable()
export class ResourceGuards {
  readonly #guards: Collection<ResourceGuard>;

  constructor(database: Database) {
    this.#guards = database.collection(resourceGuards);
  }

  /** Call it first in the transaction that counts and creates. @param resource such as `helpers` or `api_keys` */
  async hold(session: ClientSession, scope: AccountScope, resource: string): Promise<void> {
    if (!session.inTransaction()) throw new Error('A resource guard protects only inside a transaction');
    const now = new Date();
    await this.#guards.updateOne(
      { _id: `${scope.accountId}/${resource}` },
      {
        $inc: { version: 1 },
        $set: { updated_at: now },
        $setOnInsert: { account_id: scope.accountId, resource, created_at: now },
      },
      { upsert: true },
    );
  }
}
