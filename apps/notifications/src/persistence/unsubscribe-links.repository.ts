import { Injectable } from '@nestjs/common';
import { Database, stamped, SystemRepository } from '#persistence';
import { unsubscribeLinkCollection, type UnsubscribeLink } from './unsubscribe-link.collection.js';

@Injectable()
export class UnsubscribeLinkStore extends SystemRepository<UnsubscribeLink> {
  constructor(database: Database) {
    super(database, unsubscribeLinkCollection);
  }

  async add(hash: string, address: string, expireAt: Date): Promise<void> {
    await this.#all.insertOne(stamped<UnsubscribeLink>({ _id: hash, address, expire_at: expireAt }));
  }

  async addressOf(hash: string): Promise<string | undefined> {
    return (await this.#all.findOne({ _id: hash }))?.address;
  }

  get #all() {
    return this.system('whoever opens the link of a mail has not signed in');
  }
}
