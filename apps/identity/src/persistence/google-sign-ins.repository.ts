import { Injectable } from '@nestjs/common';
import { Database, stamped, SystemRepository, type OwnFields } from '#persistence';
import { googleSignInCollection, type GoogleSignIn } from './google-sign-in.collection.js';

@Injectable()
export class GoogleSignIns extends SystemRepository<GoogleSignIn> {
  constructor(database: Database) {
    super(database, googleSignInCollection);
  }

  async insert(begun: OwnFields<GoogleSignIn>): Promise<void> {
    await this.#all.insertOne(stamped<GoogleSignIn>(begun));
  }

  /** Takes it away. @returns it to one of parallel callers, null to all others */
  async take(id: string): Promise<GoogleSignIn | null> {
    const found = await this.#all.findOne({ _id: id });
    return found !== null && (await this.#all.deleteOne({ _id: id })) > 0 ? found : null;
  }

  get #all() {
    return this.system('nobody is known yet');
  }
}
