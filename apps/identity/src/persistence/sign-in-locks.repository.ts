import { Injectable } from '@nestjs/common';
import { Database, SystemRepository, type Change } from '#persistence';
import { signInLockCollection, type SignInLock } from './sign-in-lock.collection.js';

/** Failures are forgotten when no other follows for a day. */
const MEMORY_MS = 24 * 60 * 60 * 1000;

@Injectable()
export class SignInLocks extends SystemRepository<SignInLock> {
  constructor(database: Database) {
    super(database, signInLockCollection);
  }

  /** Until when signing in is refused; undefined when it is not. */
  async lockedUntil(key: string, now: Date): Promise<Date | undefined> {
    const lock = await this.#all.findOne({ _id: key });
    return lock?.locked_until !== undefined && lock.locked_until > now ? lock.locked_until : undefined;
  }

  /**
   * Notes a wrong password; the one that reaches `most` locks.
   * @returns whether this failure locked: true for exactly one of parallel failures
   */
  async noteFailure(key: string, now: Date, most: number, lockMs: number): Promise<boolean> {
    await this.#all.updateOne(
      { _id: key },
      {
        $inc: { failures: 1, version: 1 },
        $set: { expires_at: new Date(now.getTime() + MEMORY_MS), updated_at: now },
        $setOnInsert: { created_at: now },
      } as Change<SignInLock>,
      { upsert: true },
    );
    const { modified } = await this.#all.updateOne({ _id: key, failures: { $gte: most } }, {
      $set: { failures: 0, locked_until: new Date(now.getTime() + lockMs), updated_at: now },
      $inc: { version: 1 },
    } as Change<SignInLock>);
    return modified > 0;
  }

  /** The right password: earlier failures are forgotten. */
  async clear(key: string): Promise<void> {
    await this.#all.deleteOne({ _id: key });
  }

  get #all() {
    return this.system('an address that signs in belongs to no account');
  }
}
