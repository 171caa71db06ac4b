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
}

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
    if (this.settings.limitsLifted) return { succeeded: async () => {}, failed: () => Promise.resolve(undefined) };
    const key = lockKey(email);
    await this.refuseWhileLocked(key);
    await this.throttle.take({ limit: 'loginPerIp', of: ip, text: TEXT });
    await this.throttle.take({ limit: 'loginPerEmailAndIp', of: `${email} ${ip}`, text: TEXT });
    const giveBack = await this.throttle.take({ limit: 'loginPerEmail', of: email, text: TEXT });
    return {
      succeeded: async () => {
        await Promise.all([giveBack(), this.locks.clear(key)]);
      },
      failed: () => this.noteFailure(key),
    };
  }

  /** Forgets wrong passwords of an address whose owner has proved to read its mail. */
  async forgive(email: string): Promise<void> {
    await Promise.all([this.locks.clear(lockKey(email)), this.throttle.forget('loginPerEmail', email)]);
  }

  private async refuseWhileLocked(key: string): Promise<void> {
    const now = this.clock.now();
    const until = await this.locks.lockedUntil(key, now);
    if (until !== undefined) throw throttled(TEXT, { limit: FAILURES_BEFORE_LOCK, freeAt: until, now });
  }

  private async noteFailure(key: string): Promise<Date | undefined> {
    const now = this.clock.now();
    const locked = await this.locks.noteFailure(key, now, FAILURES_BEFORE_LOCK, LOCK_MS);
    return locked ? new Date(now.getTime() + LOCK_MS) : undefined;
  }
}
