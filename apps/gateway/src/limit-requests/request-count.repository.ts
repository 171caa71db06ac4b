import { Injectable } from '@nestjs/common';
import { Database, defineCollection, SystemRepository, type StoredDocument, keptBecause } from '#persistence';

interface RequestCount extends StoredDocument {
  count: number;
  expires_at: Date;
}

export const requestCountsCollection = defineCollection<RequestCount>({
  name: 'request_counts',
  domain: 'generic',
  title: 'Request count',
  erasure: keptBecause('counts without content that expire within hours'),
  fields: { count: Number, expires_at: Date },
  indexes: [{ keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } }],
});

/** How many requests somebody has sent in a window of time, counted over all replicas of the gateway. */
@Injectable()
export class RequestCounts extends SystemRepository<RequestCount> {
  constructor(database: Database) {
    super(database, requestCountsCollection);
  }

  /** Counts up in one atomic step. @returns the count with these requests */
  async add(id: string, requests: number, expiresAt: Date): Promise<number> {
    const counted = await this.system('limits hold for users, keys and addresses').findOneAndUpdate(
      { _id: id },
      { $inc: { count: requests }, $setOnInsert: { expires_at: expiresAt } },
      { upsert: true },
    );
    return counted?.count ?? requests;
  }
}
