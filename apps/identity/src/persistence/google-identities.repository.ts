import { Injectable } from '@nestjs/common';
import { Database, stamped, SystemRepository, type OwnFields } from '#persistence';
import { googleIdentityCollection, type GoogleIdentity } from './google-identity.collection.js';

@Injectable()
export class GoogleIdentities extends SystemRepository<GoogleIdentity> {
  constructor(database: Database) {
    super(database, googleIdentityCollection);
  }

  find(subject: string): Promise<GoogleIdentity | null> {
    return this.#all.findOne({ _id: subject });
  }

  ofUser(userId: string): Promise<GoogleIdentity | null> {
    return this.#all.findOne({ user_id: userId });
  }

  /** @throws DuplicateKey when either is linked to another one */
  async insert(identity: OwnFields<GoogleIdentity>): Promise<void> {
    await this.#all.insertOne(stamped<GoogleIdentity>(identity));
  }

  /** @returns whether there was one */
  async unlink(userId: string): Promise<boolean> {
    return (await this.#all.deleteOne({ user_id: userId })) > 0;
  }

  get #all() {
    return this.system('people sign in, not accounts');
  }
}
