import { Injectable } from '@nestjs/common';
import type { MailCategory } from '#contracts';
import { Database, isDuplicateKey, stamped, SystemRepository, type Filter } from '#persistence';
import { suppressionCollection, type Suppression, type SuppressionReason } from './suppression.collection.js';

const STOPPING: Readonly<Record<MailCategory, readonly SuppressionReason[]>> = {
  transactional: ['bounce', 'complaint'],
  optional: ['bounce', 'complaint', 'unsubscribe'],
};

/** Addresses that get no mail, or no optional mail. */
@Injectable()
export class Suppressions extends SystemRepository<Suppression> {
  constructor(database: Database) {
    super(database, suppressionCollection);
  }

  /** Why this address gets no mail of this category; undefined when it does. */
  async reasonAgainst(address: string, category: MailCategory): Promise<SuppressionReason | undefined> {
    const filter = { address: address.toLowerCase(), reason: { $in: [...STOPPING[category]] } } as Filter<Suppression>;
    return (await this.#all.findOne(filter))?.reason;
  }

  /** Repeating it changes nothing. */
  async add(address: string, reason: SuppressionReason): Promise<void> {
    const lower = address.toLowerCase();
    try {
      await this.#all.insertOne(stamped<Suppression>({ _id: `${reason} ${lower}`, address: lower, reason }));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  list(limit: number): Promise<Suppression[]> {
    return this.#all.find({}, { sort: { created_at: -1 }, limit });
  }

  /** Lets mail go to the address again. @returns how many reasons there were */
  release(address: string): Promise<number> {
    return this.#all.deleteMany({ address: address.toLowerCase() });
  }

  get #all() {
    return this.system('an address that takes no mail takes none of any account');
  }
}
