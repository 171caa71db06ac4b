import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import type { Caller } from '../caller.js';
import { CHALLENGE_LIFE_MS } from '../domain/challenge-token.js';
import { SecondFactors } from '../persistence/second-factors.repository.js';
import { SecondFactorCheck } from '../second-factor/second-factor-check.js';
import { SignInChallenges, type FirstStep } from './sign-in-challenges.js';

/** The second step of a sign-in, for those who have switched it on. */
@Injectable()
export class SecondStep {
  constructor(
    private readonly factors: SecondFactors,
    private readonly check: SecondFactorCheck,
    private readonly challenges: SignInChallenges,
  ) {}

  /**
   * @param code undefined where none was given
   * @returns all that was shown, with the second step where there is one
   * @throws Problem 401 `auth.mfa_required` with the token that goes on; 401 `auth.invalid_mfa_code`; 429
   */
  async take(first: FirstStep, code: string | undefined, caller: Caller): Promise<readonly string[]> {
    const { user, amr } = first;
    const factor = await this.factors.findActive(user._id);
    if (factor === null) return amr;
    if (code === undefined) throw mfaRequired(await this.challenges.issue('second_factor', first));
    await this.check.prove(user, factor, code, caller);
    return [...amr, 'otp', 'mfa'];
  }
}

const mfaRequired = (token: string): Problem =>
  new Problem(401, 'auth.mfa_required', 'Enter the code of your authenticator app, or a recovery code', {
    extensions: { mfa_token: token, mfa_token_expires_in: CHALLENGE_LIFE_MS.second_factor / 1000 },
  });
