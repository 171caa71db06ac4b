import type { KnownSubscription } from '../domain/known-subscription.js';

/** The present of specs about subscriptions. */
export const NOW = new Date('2026-11-10T12:00:00.000Z');
export const DAY_MS = 24 * 60 * 60 * 1_000;

export const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

/** A paid month of the plan "grow" that began five days ago. */
export const knownSubscription = (changes: Partial<KnownSubscription> = {}): KnownSubscription => ({
  id: 'sub_1',
  customer_id: 'cus_1',
  plan: 'grow',
  status: 'active',
  billing_period: 'monthly',
  anchor: inDays(-5),
  period_from: inDays(-5),
  period_to: inDays(25),
  trial_ends_at: null,
  cancel_at: null,
  metered_item_id: null,
  created_at: inDays(-40),
  ...changes,
});
