import { Injectable } from '@nestjs/common';
import { Database, isDuplicateKey, SystemRepository, type Change } from '#persistence';
import { secondFactorCollection, secondFactorStates, type SecondFactor } from './second-factor.collection.js';

const version = { version: 1 };

@Injectable()
export class SecondFactors extends SystemRepository<SecondFactor> {
  constructor(database: Database) {
    super(database, secondFactorCollection);
  }

  find(userId: string): Promise<SecondFactor | null> {
    return this.#all.findOne({ _id: userId });
  }

  /** The second factor that sign-in asks for; null where there is none, or one that is only set up. */
  findActive(userId: string): Promise<SecondFactor | null> {
    return this.#all.findOne({ _id: userId, status: 'active' });
  }

  /** Stores a new secret in the place of one that was never shown to work. @returns false when one is active */
  async setUp(userId: string, sealedSecret: string, { now, expiresAt }: { now: Date; expiresAt: Date }) {
    const set = { status: 'pending', sealed_secret: sealedSecret, last_step: 0, recovery_hashes: [] };
    try {
      await this.#all.updateOne(
        { _id: userId, status: { $ne: 'active' } },
        {
          $set: { ...set, expires_at: expiresAt, updated_at: now },
          $inc: version,
          $setOnInsert: { created_at: now },
        } as Change<SecondFactor>,
        { upsert: true },
      );
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** A code of `factor` was right: sign-in asks for it from now on. @returns false when it was set up anew meanwhile */
  async activate({ _id, sealed_secret }: SecondFactor, step: number, hashes: string[], now: Date): Promise<boolean> {
    const { modified } = await this.#all.updateOne(
      { _id, sealed_secret, status: { $in: secondFactorStates.sourcesOf('active') } },
      {
        $set: { status: 'active', last_step: step, recovery_hashes: hashes, enabled_at: now, updated_at: now },
        $unset: { expires_at: 1 },
        $inc: version,
      } as Change<SecondFactor>,
    );
    return modified > 0;
  }

  /** Uses up a code by its time step. @returns false when it, or a later one, was used before */
  async useStep(userId: string, step: number, now: Date): Promise<boolean> {
    const { modified } = await this.#all.updateOne({ _id: userId, status: 'active', last_step: { $lt: step } }, {
      $set: { last_step: step, updated_at: now },
      $inc: version,
    } as Change<SecondFactor>);
    return modified > 0;
  }

  /** Uses up a recovery code. @returns how many are left; undefined when the code is none */
  async useRecoveryCode(userId: string, hash: string, now: Date): Promise<number | undefined> {
    const after = await this.#all.findOneAndUpdate({ _id: userId, status: 'active', recovery_hashes: hash }, {
      $pull: { recovery_hashes: hash },
      $set: { updated_at: now },
      $inc: version,
    } as Change<SecondFactor>);
    return after?.recovery_hashes.length;
  }

  async renewRecoveryCodes(userId: string, hashes: string[], now: Date): Promise<boolean> {
    const { modified } = await this.#all.updateOne({ _id: userId, status: 'active' }, {
      $set: { recovery_hashes: hashes, updated_at: now },
      $inc: version,
    } as Change<SecondFactor>);
    return modified > 0;
  }

  /** @returns whether there was an active one */
  async remove(userId: string): Promise<boolean> {
    return (await this.#all.deleteOne({ _id: userId, status: 'active' })) > 0;
  }

  get #all() {
    return this.system('people have second factors, not accounts');
  }
}
