import { defineCollection, type Entity, keptBecause } from '#persistence';

/** Wrong passwords in a row for one address; `_id` is a hash of the address, which need not belong to anybody. */
export interface SignInLock extends Entity {
  failures: number;
  locked_until?: Date;
  expires_at: Date;
}

export const signInLockCollection = defineCollection<SignInLock>({
  name: 'sign-in-locks',
  domain: 'sign_in_locks',
  title: 'Sign-in lock',
  erasure: keptBecause('hashes of addresses that expire by themselves'),
  fields: {
    failures: { type: Number, required: true },
    locked_until: Date,
    expires_at: { type: Date, required: true },
  },
  indexes: [{ keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } }],
});
