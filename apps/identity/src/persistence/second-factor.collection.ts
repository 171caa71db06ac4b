import { defineCollection, erasedByUser, StateMachine, type Entity } from '#persistence';

export type SecondFactorStatus = 'pending' | 'active';

/** Without a second factor there is no document; one that is set up has to be shown to work before it is asked for. */
export const secondFactorStates = new StateMachine<SecondFactorStatus>('mfa', { pending: ['active'], active: [] });

/** What a user shows beside the password: codes by time (TOTP). `_id` is the user's. */
export interface SecondFactor extends Entity {
  status: SecondFactorStatus;
  /** Base32, sealed. */
  sealed_secret: string;
  /** Time step of the last code that was accepted: neither it nor an earlier one is accepted again. */
  last_step: number;
  /** Hashes of the recovery codes that are left. */
  recovery_hashes: string[];
  enabled_at?: Date;
  /** Set while pending: nobody waits for it longer. */
  expires_at?: Date;
}

/** What a secret is sealed for: it opens for no other user. */
export const sealedForSecondFactor = (userId: string): string => `identity/second-factor/${userId}`;

export const secondFactorCollection = defineCollection<SecondFactor>({
  name: 'second-factors',
  domain: 'mfa',
  title: 'Second factor',
  erasure: erasedByUser('_id'),
  fields: {
    status: { type: String, required: true },
    sealed_secret: { type: String, required: true },
    last_step: { type: Number, required: true },
    recovery_hashes: { type: [String], required: true },
    enabled_at: Date,
    expires_at: Date,
  },
  sealedFor: ({ _id }) => sealedForSecondFactor(_id),
  indexes: [{ keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } }],
});
