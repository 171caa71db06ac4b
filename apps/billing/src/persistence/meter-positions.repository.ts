import { Injectable } from '@nestjs/common';
import { Database, defineCollection, erasedByAccount, isDuplicateKey, SystemRepository } from '#persistence';
import type { StoredDocument } from '#persistence';

/** Executions on their way to the meter: kept before they are sent, so that a repetition says exactly the same. */
export interface SendingReading {
  identifier: string;
  customer_id: string;
  /** Of the booked executions of the period, those after the first `after`, up to `upTo`. */
  after: number;
  up_to: number;
  at: Date;
}

/** How many of the booked executions of a period the meter knows; its id is the period's key. */
export interface MeterPosition extends StoredDocument {
  account_id: string;
  reported: number;
  sending?: SendingReading;
}

const meterPositions = defineCollection<MeterPosition>({
  name: 'meter_positions',
  domain: 'usage',
  title: 'Meter position',
  erasure: erasedByAccount,
  fields: { reported: Number, sending: Object },
});

@Injectable()
export class MeterPositionsRepository extends SystemRepository<MeterPosition> {
  constructor(database: Database) {
    super(database, meterPositions);
  }

  find(period: string): Promise<MeterPosition | null> {
    return this.#handle.findOne({ _id: period });
  }

  /** @returns false when another process has moved on from there */
  async begin(period: string, accountId: string, sending: SendingReading): Promise<boolean> {
    try {
      const { matched, upserted } = await this.#handle.updateOne(
        { _id: period, reported: sending.after, sending: { $exists: false } },
        { $set: { sending }, $setOnInsert: { account_id: accountId } },
        { upsert: sending.after === 0 },
      );
      return matched + upserted > 0;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Repeating it changes nothing. */
  async finish(period: string, { identifier, up_to }: SendingReading): Promise<void> {
    await this.#handle.updateOne(
      { _id: period, 'sending.identifier': identifier },
      { $set: { reported: up_to }, $unset: { sending: 1 } },
    );
  }

  get #handle() {
    return this.system('usage of many accounts is looked at in turn; the key of a period names its account');
  }
}
