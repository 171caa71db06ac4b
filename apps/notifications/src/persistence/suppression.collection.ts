import { defineCollection, type Entity, keptBecause } from '#persistence';

/**
 * `bounce`: the address takes no mail; `complaint`: it called ours unwanted; both end all mail to it. `unsubscribe`
 * ends only mail that nobody needs to get.
 */
export const SUPPRESSION_REASONS = ['bounce', 'complaint', 'unsubscribe'] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export interface Suppression extends Entity {
  /** Lower case. */
  address: string;
  reason: SuppressionReason;
}

export const suppressionCollection = defineCollection<Suppression>({
  name: 'email_suppressions',
  domain: 'suppressions',
  title: 'Suppression',
  erasure: keptBecause('addresses that asked for no mail must not get any later, either'),
  fields: {
    address: { type: String, required: true },
    reason: { type: String, required: true, enum: SUPPRESSION_REASONS },
  },
  indexes: [{ keys: { address: 1, reason: 1 }, options: { unique: true } }],
});
