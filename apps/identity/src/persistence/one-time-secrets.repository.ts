import { Injectable } from '@nestjs/common';
import { Database, SystemRepository, type Change } from '#persistence';
import type { SecretPurpose, SecretWay } from '../domain/one-time-secret.js';
import { oneTimeSecretCollection, type OneTimeSecret } from './one-time-secret.collection.js';

type Named = Pick<OneTimeSecret, 'purpose' | 'way' | 'user_id'>;

const idOf = ({ purpose, way, user_id }: Named): string => `${purpose}/${way}/${user_id}`;

@Injectable()
export class OneTimeSecretStore extends SystemRepository<OneTimeSecret> {
  constructor(database: Database) {
    super(database, oneTimeSecretCollection);
  }

  /** Stores a secret in the place of an earlier one of its kind. */
  async put(secret: Omit<OneTimeSecret, '_id' | 'version' | 'created_at' | 'updated_at'>, now: Date): Promise<void> {
    await this.#all.updateOne(
      { _id: idOf(secret) },
      {
        $set: { ...secret, updated_at: now },
        $inc: { version: 1 },
        $setOnInsert: { created_at: now },
      } as Change<OneTimeSecret>,
      { upsert: true },
    );
  }

  /** Uses up one attempt. @returns the secret; null when there is none or no attempt is left */
  useAttempt(named: Named): Promise<OneTimeSecret | null> {
    return this.#all.findOneAndUpdate({ _id: idOf(named), attempts_left: { $gt: 0 } }, {
      $inc: { attempts_left: -1 },
    } as Change<OneTimeSecret>);
  }

  findByHash(purpose: SecretPurpose, way: SecretWay, hash: string): Promise<OneTimeSecret | null> {
    return this.#all.findOne({ secret_hash: hash, purpose, way });
  }

  /** Takes the secret away. @returns whether this call did: false for all but one of parallel calls */
  async consume(secret: OneTimeSecret): Promise<boolean> {
    return (await this.#all.deleteOne({ _id: secret._id, secret_hash: secret.secret_hash })) > 0;
  }

  /** Makes all secrets of a user worthless, or those for one purpose. */
  async drop(userId: string, purpose?: SecretPurpose): Promise<void> {
    await this.#all.deleteMany({ user_id: userId, ...(purpose !== undefined && { purpose }) });
  }

  get #all() {
    return this.system('secrets are of users, and come back without an account');
  }
}
