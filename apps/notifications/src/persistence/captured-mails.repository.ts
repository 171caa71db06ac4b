import { Injectable } from '@nestjs/common';
import { Database, isDuplicateKey, stamped, SystemRepository, type OwnFields } from '#persistence';
import { capturedMailCollection, type CapturedMail } from './captured-mail.collection.js';

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

@Injectable()
export class CapturedMails extends SystemRepository<CapturedMail> {
  constructor(database: Database) {
    super(database, capturedMailCollection);
  }

  /** A mail with a known id is the same mail: it stays as it is. */
  async add(
    mail: Omit<OwnFields<CapturedMail>, 'expire_at'> & Pick<CapturedMail, 'account_id'>,
    now: Date,
  ): Promise<void> {
    try {
      const expire_at = new Date(now.getTime() + KEPT_MS);
      await this.#all.insertOne(stamped<CapturedMail>({ ...mail, to: mail.to.toLowerCase(), expire_at }));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  find(id: string): Promise<CapturedMail | null> {
    return this.#all.findOne({ _id: id });
  }

  /** Newest first. */
  latest(limit: number, to?: string): Promise<CapturedMail[]> {
    return this.#all.find(to === undefined ? {} : { to: to.toLowerCase() }, { sort: { created_at: -1 }, limit });
  }

  get #all() {
    return this.system('the local inbox shows the mail of everybody');
  }
}
