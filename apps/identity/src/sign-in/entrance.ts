import { Injectable } from '@nestjs/common';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { GoogleLinks } from '../google/google-links.js';
import { NoticedSignIns } from '../notice-sign-in/noticed-sign-ins.js';
import type { SignInChallenge } from '../persistence/sign-in-challenge.collection.js';
import { Users } from '../persistence/users.repository.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { Memberships } from '../sessions/memberships.js';
import type { SignedIn } from '../views/signed-in-view.js';
import { wrongCredentials } from './credentials.js';
import { SecondStep } from './second-step.js';
import { SignInChallenges, type FirstStep } from './sign-in-challenges.js';

export interface Entering extends FirstStep {
  /** Of the second step; undefined where none was given. */
  mfaCode: string | undefined;
  /** The half sign-in that goes on with this; undefined for one that begins. */
  challenge?: SignInChallenge;
}

/** Lets people in who have shown who they are, whichever way, by opening a session in their account. */
@Injectable()
export class Entrance {
  constructor(
    private readonly secondStep: SecondStep,
    private readonly challenges: SignInChallenges,
    private readonly googleLinks: GoogleLinks,
    private readonly memberships: Memberships,
    private readonly users: Users,
    private readonly sessions: NoticedSignIns,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 401 `auth.mfa_required` (see {@link SecondStep}), 403 where no account is open */
  async enter({ mfaCode, challenge, ...first }: Entering, caller: Caller): Promise<SignedIn> {
    const { user: known } = first;
    // Asked before a code is used up: it would be gone, and the next one is half a minute away.
    const { account, role } = await this.memberships.forSignIn(known._id, known.current_account_id);
    const amr = await this.secondStep.take(first, mfaCode, caller);
    if (challenge !== undefined) await this.challenges.complete(challenge);
    if (first.google !== undefined) await this.googleLinks.link(known, first.google, caller);
    const user = await this.users.change(known._id, {
      last_login_at: this.clock.now(),
      current_account_id: account.account_id,
    });
    if (user === null) throw wrongCredentials();
    const { session, refreshToken } = await this.sessions.open(user, account.account_id, { ...caller, amr });
    return { access: await this.tokens.forSession(user, session, role), refreshToken, user, account };
  }
}
