import { Injectable } from '@nestjs/common';
import type { Caller } from '../caller.js';
import { OwnPassword } from '../confirm-password/own-password.js';
import { SecondFactors } from '../persistence/second-factors.repository.js';
import type { User } from '../persistence/user.collection.js';
import { SecondFactorCheck } from './second-factor-check.js';
import { mfaNotEnabled } from './second-factor-fields.js';

/** Asks for both steps again, before the second one is changed. */
@Injectable()
export class BothStepsAgain {
  constructor(
    private readonly ownPassword: OwnPassword,
    private readonly factors: SecondFactors,
    private readonly check: SecondFactorCheck,
  ) {}

  /** @throws Problem 401 `auth.invalid_credentials`, 401 `auth.invalid_mfa_code`, 409 `auth.mfa_not_enabled`, 429 */
  async confirm(userId: string, shown: { password: string; code: string }, caller: Caller): Promise<User> {
    const user = await this.ownPassword.confirm(userId, shown.password);
    const factor = await this.factors.findActive(userId);
    if (factor === null) throw mfaNotEnabled();
    await this.check.prove(user, factor, shown.code, caller);
    return user;
  }
}
