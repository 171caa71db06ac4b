import { Injectable } from '@nestjs/common';
import { Database, isDuplicateKey, SystemRepository, type Change } from '#persistence';
import { signInLockCollection, type SignInLock } from './sign-in-lock.collection.js';

/** Failures are forgotten when no other follows for a day. */
const MEMORY_MS = 24 * 60 * 60 * 1000;

/** More than processes that can write the same lock at the same moment. */
const MOST_TRIES = 50;

export interface LockRule {
  most: number;
  lockMs: number;
}

/** Whether an attempt may go on; `until` when it is locked from here on, by this attempt if it was admitted. */
export interface Reservation {
  admitted: boolean;
  until?: Date;
}

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
   * Counts an attempt as failed before its password is looked at, so that parallel attempts get no more than `most`,
   * in whatever process. The last of them locks, until it turns out to have been right.
   */
  async reserve(key: string, now: Date, { most, lockMs }: LockRule): Promise<Reservation> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const lock = await this.#increment(key, now);
      if (lock !== null && lock.failures < most) return { admitted: true };
      const until = lock === null ? await this.lockedUntil(key, now) : new Date(now.getTime() + lockMs);
      if (lock !== null && until !== undefined) await this.#lock(key, now, most, until);
      if (until !== undefined) return { admitted: lock?.failures === most, until };
      // Somebody made the document, or the lock ended, at this very moment.
    }
    throw new Error(`The sign-in lock ${key} cannot be written`);
  }

  /** Takes a reservation back whose password could not be looked at. */
  async giveBack(key: string): Promise<void> {
    await this.#all.updateOne({ _id: key, failures: { $gt: 0 } }, {
      $inc: { failures: -1, version: 1 },
    } as Change<SignInLock>);
  }

  /** The right password: earlier failures are forgotten. */
  async clear(key: string): Promise<void> {
    await this.#all.deleteOne({ _id: key });
  }

  /** @returns null while it is locked, or when another process made the document meanwhile */
  async #increment(key: string, now: Date): Promise<SignInLock | null> {
    const open = { $or: [{ locked_until: { $exists: false } }, { locked_until: { $lte: now } }] };
    const change = {
      $inc: { failures: 1, version: 1 },
      $set: { expires_at: new Date(now.getTime() + MEMORY_MS), updated_at: now },
      $setOnInsert: { created_at: now },
    } as Change<SignInLock>;
    try {
      return await this.#all.findOneAndUpdate({ _id: key, ...open }, change, { upsert: true });
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  async #lock(key: string, now: Date, most: number, until: Date): Promise<void> {
    await this.#all.updateOne({ _id: key, failures: { $gte: most } }, {
      $set: { failures: 0, locked_until: until, updated_at: now },
      $inc: { version: 1 },
    } as Change<SignInLock>);
  }

  get #all() {
    return this.system('an address that signs in belongs to no account');
  }
}
