import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { CHALLENGE_LIFE_MS, challengeHash, newChallengeToken, type ChallengeKind } from '../domain/challenge-token.js';
import type { GooglePerson } from '../domain/google-person.js';
import type { SignInChallenge } from '../persistence/sign-in-challenge.collection.js';
import { SignInChallengeStore } from '../persistence/sign-in-challenges.repository.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { Throttle } from '../throttling/throttle.js';

/** Somebody who has shown one thing that only they have. */
export interface FirstStep {
  user: User;
  /** What they have shown, in the words of RFC 8176, and `google`. */
  amr: readonly string[];
  /** Who is to be linked to the user when the sign-in is complete. */
  google?: GooglePerson | undefined;
}

export interface OpenChallenge {
  challenge: SignInChallenge;
  user: User;
  google: GooglePerson | undefined;
}

export const challengeOver = (): Problem =>
  new Problem(401, 'auth.sign_in_expired', 'This sign-in has expired or was completed; start again');

/** Remembers sign-ins that have come half way. */
@Injectable()
export class SignInChallenges {
  constructor(
    private readonly store: SignInChallengeStore,
    private readonly users: Users,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  /** @returns the token with which the sign-in goes on */
  async issue(kind: ChallengeKind, { user, amr, google }: FirstStep): Promise<string> {
    const token = newChallengeToken();
    await this.store.insert({
      _id: challengeHash(kind, token),
      kind,
      user_id: user._id,
      amr: [...amr],
      auth_version: user.auth_version,
      ...(google !== undefined && { google }),
      expires_at: new Date(this.clock.now().getTime() + CHALLENGE_LIFE_MS[kind]),
    });
    return token;
  }

  /** @throws Problem 401 `auth.sign_in_expired` when nobody's sign-in waits for this token; 429 */
  async open(kind: ChallengeKind, token: string, { ip }: Caller): Promise<OpenChallenge> {
    const text = 'Too many attempts, try again later';
    const giveBack = await this.throttle.take({ limit: 'confirm', of: `${kind} ${ip}`, text });
    const challenge = await this.store.find(challengeHash(kind, token));
    if (challenge === null || challenge.expires_at <= this.clock.now()) throw challengeOver();
    const user = await this.users.find(challenge.user_id);
    if (user === null || user.auth_version !== challenge.auth_version) throw challengeOver();
    await giveBack();
    return { challenge, user, google: challenge.google };
  }

  /** The sign-in is complete: its token opens nothing any more. @throws Problem 401 when another call was faster */
  async complete({ _id }: SignInChallenge): Promise<void> {
    if (!(await this.store.consume(_id))) throw challengeOver();
  }
}
