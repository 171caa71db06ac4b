import { Injectable } from '@nestjs/common';
import { Database, stamped, SystemRepository, type OwnFields } from '#persistence';
import { signInChallengeCollection, type SignInChallenge } from './sign-in-challenge.collection.js';

@Injectable()
export class SignInChallengeStore extends SystemRepository<SignInChallenge> {
  constructor(database: Database) {
    super(database, signInChallengeCollection);
  }

  async insert(challenge: OwnFields<SignInChallenge>): Promise<void> {
    await this.#all.insertOne(stamped<SignInChallenge>(challenge));
  }

  find(hash: string): Promise<SignInChallenge | null> {
    return this.#all.findOne({ _id: hash });
  }

  /** @returns whether this call took it away: true for one of parallel calls */
  async consume(hash: string): Promise<boolean> {
    return (await this.#all.deleteOne({ _id: hash })) > 0;
  }

  get #all() {
    return this.system('sign-in begins without an account');
  }
}
