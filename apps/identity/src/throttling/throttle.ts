import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { Clock } from '../clock.js';
import type { ThrottleRule } from '../domain/throttle-rule.js';
import { ThrottleBuckets } from '../persistence/throttle-buckets.repository.js';
import { IDENTITY_SETTINGS, type IdentitySettings, type Throttles } from '../settings.js';
import { throttled } from './throttled.js';

export interface ThrottledUse {
  limit: keyof Throttles;
  /** What the limit is on: an address, a session. Stored as a hash. */
  of: string;
  /** Makes repeated uses count once. */
  id?: string;
  /** Text of the refusal. */
  text: string;
}

/** Takes a use back that did not deserve to be counted. */
export type GiveBack = () => Promise<void>;

const bucketKey = (bucket: string, of: string): string =>
  `${bucket}/${createHash('sha256').update(of).digest('base64url')}`;

/**
 * Limits on signing in, registering and refreshing: exact over all processes, any window of the rule's length. When
 * the count cannot be kept, the use is refused (503): an outage must not open the door for guessing.
 */
@Injectable()
export class Throttle {
  constructor(
    private readonly buckets: ThrottleBuckets,
    private readonly clock: Clock,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** Counts a use. @throws Problem 429 when the limit is reached */
  async take({ limit, of, id = randomUUID(), text }: ThrottledUse): Promise<GiveBack> {
    if (this.settings.limitsLifted) return () => Promise.resolve();
    const rule = this.settings.throttles[limit];
    const key = bucketKey(limit, of);
    const now = this.clock.now();
    const filledBy = await this.buckets.count(key, rule, { id, at: now });
    if (filledBy !== undefined) throw throttled(text, refusalOf(rule, filledBy[0]?.at ?? now, now));
    return () => this.buckets.giveBack(key, id);
  }

  /** Takes all uses back. */
  forget(limit: keyof Throttles, of: string): Promise<void> {
    return this.buckets.empty(bucketKey(limit, of));
  }
}

const refusalOf = (rule: ThrottleRule, oldest: Date, now: Date) => ({
  limit: rule.limit,
  freeAt: new Date(oldest.getTime() + rule.windowMs),
  now,
});
