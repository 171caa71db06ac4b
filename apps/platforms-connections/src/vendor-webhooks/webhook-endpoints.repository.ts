import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import type { AccountScope, InboundVendor } from '#contracts';
import {
  Database,
  defineCollection,
  TenantRepository,
  type Change,
  type Filter,
  type TenantEntity,
  erasedByAccount,
} from '#persistence';

/** One thing a connection is subscribed to. */
export interface Subscription {
  topic: string;
  /** The vendor's id of it. */
  hook_id: string;
  active: boolean;
  checked_at: Date;
}

/** What a connection has at its vendor for webhooks. The id is the connection's. */
export interface WebhookEndpoint extends TenantEntity {
  vendor: InboundVendor;
  /** By this the gateway finds the connection; absent where one address serves all. */
  secret_hash?: string;
  sealed_secret?: string;
  subscriptions: Subscription[];
  /** When to compare what is wanted with what there is. */
  due_at: Date;
  /** Grows with every wish: work that began before a wish does not fulfil it. */
  revision: number;
  /** The wish that is fulfilled: the vendor delivers all that is wanted. */
  settled_revision?: number;
  attempts: number;
  last_error?: string;
  lease?: { id: string; until: Date };
  /** All contacts have been seen once. */
  learned_at?: Date;
  learn_cursor?: string;
}

export const webhookEndpointsCollection = defineCollection<WebhookEndpoint>({
  name: 'webhook_endpoints',
  domain: 'webhooks',
  title: 'Webhook address',
  erasure: erasedByAccount,
  fields: {
    vendor: { type: String, required: true },
    secret_hash: String,
    sealed_secret: String,
    subscriptions: { type: [Object], required: true },
    due_at: { type: Date, required: true },
    revision: { type: Number, required: true },
    settled_revision: Number,
    attempts: { type: Number, required: true },
    last_error: String,
    lease: Object,
    learned_at: Date,
    learn_cursor: String,
  },
  indexes: [
    {
      keys: { vendor: 1, secret_hash: 1 },
      options: { unique: true, partialFilterExpression: { secret_hash: { $exists: true } } },
    },
    { keys: { due_at: 1 } },
  ],
});

/** Longer than a turn with a slow vendor: two processes at work would subscribe twice. */
const LEASE_MS = 4 * 60 * 1000;

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

@Injectable()
export class WebhookEndpoints extends TenantRepository<WebhookEndpoint> {
  constructor(database: Database) {
    super(database, webhookEndpointsCollection);
  }

  /** Whose address this is; null for nobody's. */
  bySecretHash(vendor: string, secretHash: string): Promise<WebhookEndpoint | null> {
    return this.system('a secret address names its connection').findOne({
      vendor: vendor as InboundVendor,
      secret_hash: secretHash,
    });
  }

  async isLearned(scope: AccountScope, connectionId: string): Promise<boolean> {
    return (await this.find(scope, connectionId))?.learned_at !== undefined;
  }

  /** Asks for a comparison of what is wanted with what there is, now. @returns false when there is no endpoint yet */
  async wake(scope: AccountScope, connectionId: string): Promise<boolean> {
    const { matched } = await this.updateWhere(
      scope,
      { _id: connectionId },
      { $set: { due_at: new Date(), attempts: 0 }, $inc: { revision: 1 } },
    );
    return matched > 0;
  }

  /** What failed may work now: the connection was renewed. */
  async tryAgain(scope: AccountScope, connectionId: string): Promise<void> {
    await this.updateWhere(
      scope,
      { _id: connectionId, last_error: { $exists: true } },
      { $set: { due_at: new Date(), attempts: 0 }, $inc: { revision: 1 } },
    );
  }

  /** The next endpoint that is due, for this process alone; null when there is none. */
  take(now: Date): Promise<WebhookEndpoint | null> {
    const free = { $or: [{ lease: { $exists: false } }, { 'lease.until': { $lte: now } }] };
    const lease = { id: randomUUID(), until: new Date(now.getTime() + LEASE_MS) };
    return this.system('one process compares for all accounts').findOneAndUpdate(
      { due_at: { $lte: now }, ...free },
      { $set: { lease } },
      { sort: { due_at: 1 } },
    );
  }

  /** Keeps every process from comparing an endpoint for a while. @returns null when there is none */
  async reserve(scope: AccountScope, connectionId: string, now: Date): Promise<WebhookEndpoint | null> {
    const lease = { id: randomUUID(), until: new Date(now.getTime() + LEASE_MS) };
    await this.updateWhere(scope, { _id: connectionId }, { $set: { lease } });
    return this.find(scope, connectionId);
  }

  /** Ends whatever reservation there is. */
  async letGo(scope: AccountScope, connectionId: string): Promise<void> {
    await this.updateWhere(scope, { _id: connectionId }, { $unset: { lease: 1 } });
  }

  /** Writes something down while the work goes on. */
  async note(scope: AccountScope, endpoint: WebhookEndpoint, fields: Partial<WebhookEndpoint>): Promise<void> {
    await this.updateWhere(scope, { _id: endpoint._id }, { $set: fields });
  }

  /**
   * Ends the work of this process.
   * @param next when to look again if nothing is wished before
   */
  async finish(
    scope: AccountScope,
    endpoint: WebhookEndpoint,
    next: Date,
    outcome: { attempts: number; settled: boolean; error?: string },
  ): Promise<void> {
    const { attempts, settled, error } = outcome;
    const { revision } = endpoint;
    const done = { attempts, ...(settled && { settled_revision: revision }) };
    const mine: Filter<WebhookEndpoint> = { _id: endpoint._id, 'lease.id': endpoint.lease?.id ?? '' };
    const change: Change<WebhookEndpoint> =
      error === undefined
        ? { $set: done, $unset: { lease: 1, last_error: 1 } }
        : { $set: { ...done, last_error: error }, $unset: { lease: 1 } };
    const unwished = { ...change, $set: { ...change.$set, due_at: next } };
    if ((await this.updateWhere(scope, { ...mine, revision }, unwished)).matched > 0) return;
    // A wish came meanwhile: it stays due.
    await this.updateWhere(scope, mine, change);
  }
}
