import { defineCollection, type Entity, keptBecause } from '#persistence';

export interface Hit {
  /** Repeating an id does not count twice. */
  id: string;
  at: Date;
}

/** The latest uses of one limited thing. `_id` names limit and subject; addresses in it are hashed. */
export interface ThrottleBucket extends Entity {
  /** Oldest first, at most as many as the limit allows. */
  hits: Hit[];
  expires_at: Date;
}

export const throttleBucketCollection = defineCollection<ThrottleBucket>({
  name: 'throttle-buckets',
  domain: 'throttle_buckets',
  title: 'Throttle bucket',
  erasure: keptBecause('hashed counts that expire within a day'),
  fields: { hits: { type: [Object], required: true }, expires_at: { type: Date, required: true } },
  indexes: [{ keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } }],
});
