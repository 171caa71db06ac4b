import { Schema } from 'mongoose';
import { defineCollection, erasedByUser, type Entity } from '#persistence';
import type { ChallengeKind } from '../domain/challenge-token.js';
import type { GooglePerson } from '../domain/google-person.js';

/** A sign-in that has come half way. `_id` is the hash of the token that goes on with it. */
export interface SignInChallenge extends Entity {
  kind: ChallengeKind;
  user_id: string;
  /** What the user has shown until now. */
  amr: string[];
  /** Another password or address makes it worthless. */
  auth_version: number;
  /** Who is to be linked when the sign-in is complete. */
  google?: GooglePerson;
  expires_at: Date;
}

export const signInChallengeCollection = defineCollection<SignInChallenge>({
  name: 'sign-in-challenges',
  domain: 'sign_in_challenges',
  title: 'Sign-in challenge',
  erasure: erasedByUser('user_id'),
  fields: {
    kind: { type: String, required: true },
    user_id: { type: String, required: true },
    amr: { type: [String], required: true },
    auth_version: { type: Number, required: true },
    google: { type: Schema.Types.Mixed },
    expires_at: { type: Date, required: true },
  },
  indexes: [{ keys: { user_id: 1 } }, { keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } }],
});
