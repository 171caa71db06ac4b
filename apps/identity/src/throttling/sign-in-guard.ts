import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Clock } from '../clock.js';
import type { Caller } from '../caller.js';
import { SignInLocks } from '../persistence/sign-in-locks.repository.js';
import { FAILURES_BEFORE_LOCK, IDENTITY_SETTINGS, LOCK_MS, type IdentitySettings } from '../settings.js';
import { Throttle } from './throttle.js';
import { throttled } from './throttled.js';

const TEXT = 'Too many login attempts';

const lockKey = (email: string): string => createHash('sha256').update(email).digest('base64url');

/** What became of an attempt that the guard let pass. */
export interface SignInAttempt {
  /** The password was right: the attempt does not count against the address, and earlier failures are forgotten. */
  succeeded(): Promise<void>;
  /** The password was wrong. @returns when the lock ends that this failure set off, if it did */
  failed(): Promise<Date | undefined>;
  /** The password could not be looked at: the attempt counts as none. */
  undecided(): Promise<void>;
}

const LOCK = { most: FAILURES_BEFORE_LOCK, lockMs: LOCK_MS };

const UNLIMITED: SignInAttempt = {
  succeeded: () => Promise.resolve(),
  failed: () => Promise.resolve(undefined),
  undecided: () => Promise.resolve(),
};

/** Stands before every check of a password at sign-in. */
@Injectable()
export class SignInGuard {
  constructor(
    private readonly throttle: Throttle,
    private readonly locks: SignInLocks,
    private readonly clock: Clock,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** @throws Problem 429 when there were too many attempts, for this address or from this place */
  async admit(email: string, { ip }: Caller): Promise<SignInAttempt> {
    if (this.settings.limitsLifted) return UNLIMITED;
    const key = lockKey(email);
    this.refuse(await this.locks.lockedUntil(key, this.clock.now()));
    await this.throttle.take({ limit: 'loginPerIp', of: ip, text: TEXT });
    await this.throttle.take({ limit: 'loginPerEmailAndIp', of: `${email} ${ip}`, text: TEXT });
    const giveBack = await this.throttle.take({ limit: 'loginPerEmail', of: email, text: TEXT });
    const { admitted, until } = await this.locks.reserve(key, this.clock.now(), LOCK);
    if (!admitted) {
      await giveBack();
      this.refuse(until);
    }
    return {
      succeeded: async () => {
        await Promise.all([giveBack(), this.locks.clear(key)]);
      },
      failed: () => Promise.resolve(until),
      undecided: async () => {
        await Promise.all([giveBack(), until === undefined ? this.locks.giveBack(key) : this.locks.clear(key)]);
      },
    };
  }

  /** Forgets wrong passwords of an address whose owner has proved to read its mail. */
  async forgive(email: string): Promise<void> {
    await Promise.all([this.locks.clear(lockKey(email)), this.throttle.forget('loginPerEmail', email)]);
  }

  private refuse(until: Date | undefined): void {
    if (until === undefined) return;
    throw throttled(TEXT, { limit: FAILURES_BEFORE_LOCK, freeAt: until, now: this.clock.now() });
  }
}
