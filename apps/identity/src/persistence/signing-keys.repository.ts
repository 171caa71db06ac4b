import { Injectable } from '@nestjs/common';
import { Database, stamped, SystemRepository, type Change, type OwnFields } from '#persistence';
import { signingKeyCollection, type SigningKey } from './signing-key.collection.js';

@Injectable()
export class SigningKeys extends SystemRepository<SigningKey> {
  constructor(database: Database) {
    super(database, signingKeyCollection);
  }

  /** Keys that are published at `now`, the newest first. */
  published(now: Date): Promise<SigningKey[]> {
    return this.#all.find(
      { $or: [{ retires_at: { $exists: false } }, { retires_at: { $gt: now } }] },
      { sort: { generation: -1 } },
    );
  }

  /** @throws DuplicateKey when another process made that generation first */
  insert(key: Omit<OwnFields<SigningKey>, '_id'>): Promise<SigningKey> {
    return this.#all.insertOne(stamped<SigningKey>({ _id: String(key.generation), ...key }));
  }

  /** Lets keys run out that do not sign any more. */
  async retireUpTo(generation: number, at: Date): Promise<void> {
    await this.#all.updateMany({ generation: { $lte: generation }, retires_at: { $exists: false } }, {
      $set: { retires_at: at, updated_at: new Date() },
      $inc: { version: 1 },
    } as Change<SigningKey>);
  }

  get #all() {
    return this.system('the installation signs with one set of keys');
  }
}
