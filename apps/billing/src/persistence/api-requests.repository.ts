import { Injectable } from '@nestjs/common';
import { Database, defineCollection, SystemRepository, erasedByAccount, keptBecause } from '#persistence';
import type { StoredDocument } from '#persistence';

/** API requests of an account in a period; the id is the period's key. */
interface ApiRequestCounter extends StoredDocument {
  account_id: string;
  requests: number;
}

/** A report that was counted; kept for a day, longer than anybody repeats one. */
interface ApiRequestReport extends StoredDocument {
  counted_at: Date;
}

const counters = defineCollection<ApiRequestCounter>({
  name: 'api_request_counters',
  domain: 'usage',
  title: 'API request counter',
  erasure: erasedByAccount,
  fields: { requests: Number },
});

const reports = defineCollection<ApiRequestReport>({
  name: 'api_request_reports',
  domain: 'usage',
  title: 'API request report',
  erasure: keptBecause('ids of reports without content that expire after a day'),
  fields: { counted_at: Date },
  indexes: [{ keys: { counted_at: 1 }, options: { expireAfterSeconds: 86_400 } }],
});

@Injectable()
export class ApiRequestReportsRepository extends SystemRepository<ApiRequestReport> {
  constructor(database: Database) {
    super(database, reports);
  }

  /** @throws DuplicateKey when the report was counted before */
  async remember(reportId: string, at: Date): Promise<void> {
    await this.system('reports cover many accounts').insertOne({ _id: reportId, counted_at: at });
  }
}

@Injectable()
export class ApiRequestCountersRepository extends SystemRepository<ApiRequestCounter> {
  constructor(database: Database) {
    super(database, counters);
  }

  async add(additions: readonly { accountId: string; period: string; requests: number }[]): Promise<void> {
    await this.system('counters of many accounts in one write').bulkWrite(
      additions.map(({ accountId, period, requests }) => ({
        updateOne: {
          filter: { _id: period },
          update: { $inc: { requests }, $setOnInsert: { account_id: accountId } },
          upsert: true,
        },
      })),
    );
  }

  async read(period: string): Promise<number> {
    const counter = await this.system('the key of a period names its account').findOne({ _id: period });
    return counter?.requests ?? 0;
  }
}
