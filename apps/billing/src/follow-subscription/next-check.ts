import type { KnownSubscription } from '../domain/known-subscription.js';
import type { Standing } from '../domain/standing.js';

const TRIAL_NOTICE_MS = 3 * 24 * 60 * 60 * 1_000;

/**
 * When the provider is asked again if no event comes: after a while, and at the moments at which time alone changes
 * something. @returns undefined for what is over
 */
export function nextCheck(known: KnownSubscription, standing: Standing, at: Date, checkMs: number): Date | undefined {
  if (known.status === 'cancelled') return undefined;
  const notice = known.trial_ends_at && new Date(known.trial_ends_at.getTime() - TRIAL_NOTICE_MS);
  const turns = [new Date(at.getTime() + checkMs), standing.grace_until, notice, known.trial_ends_at, known.cancel_at];
  const coming = turns.flatMap((turn) => (turn && turn > at ? [turn.getTime()] : []));
  return new Date(Math.min(...coming));
}
