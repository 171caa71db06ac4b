import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import { UnitOfWork } from '#persistence';
import { Sealer } from '#sealing';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { recoveryCodeHash, typedRecoveryCode } from '../domain/recovery-code.js';
import { looksLikeTotp, stepOfCode } from '../domain/totp.js';
import { sealedForSecondFactor, type SecondFactor } from '../persistence/second-factor.collection.js';
import { SecondFactors } from '../persistence/second-factors.repository.js';
import type { User } from '../persistence/user.collection.js';
import { DerivationKey } from '../sessions/derivation-key.js';
import { Throttle } from '../throttling/throttle.js';
import { SecondFactorNews } from './second-factor-news.js';

const TOO_MANY = 'Too many wrong codes, try again later';

export const invalidMfaCode = (): Problem =>
  new Problem(401, 'auth.invalid_mfa_code', 'This code is wrong or was used before; take the next one of your app');

/** Looks at codes of authenticator apps and at recovery codes. Each is accepted once, in whatever process. */
@Injectable()
export class SecondFactorCheck {
  constructor(
    private readonly factors: SecondFactors,
    private readonly sealer: Sealer,
    private readonly derivationKey: DerivationKey,
    private readonly throttle: Throttle,
    private readonly news: SecondFactorNews,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Uses up a code of an active second factor. @throws Problem 401 `auth.invalid_mfa_code`, 429 */
  prove(user: User, factor: SecondFactor, code: string, caller: Caller): Promise<void> {
    return this.limited(user._id, async () => {
      const right = looksLikeTotp(code)
        ? await this.useTotp(factor, code)
        : await this.useRecoveryCode(user, code, caller);
      return right ? true : undefined;
    }).then(() => undefined);
  }

  /** The step of a code of an app that is being set up. @throws Problem 401 `auth.invalid_mfa_code`, 429 */
  proveSetUp(factor: SecondFactor, code: string): Promise<number> {
    return this.limited(factor._id, () => this.stepOf(factor, code));
  }

  /** What is stored of recovery codes of a user. */
  async hashesOf(userId: string, codes: readonly string[]): Promise<string[]> {
    const key = await this.derivationKey.get();
    return codes.map((code) => recoveryCodeHash(key, userId, code));
  }

  /** Counts before it looks, so that parallel guesses get no more than the limit; right ones are taken back. */
  private async limited<Proof>(userId: string, look: () => Promise<Proof | undefined>): Promise<Proof> {
    const giveBack = await this.throttle.take({ limit: 'mfaPerUser', of: userId, text: TOO_MANY });
    const proof = await look();
    if (proof === undefined) throw invalidMfaCode();
    await giveBack();
    return proof;
  }

  private async stepOf(factor: SecondFactor, code: string): Promise<number | undefined> {
    const secret = await this.sealer.open(factor.sealed_secret, sealedForSecondFactor(factor._id));
    return stepOfCode(secret, code, this.clock.now());
  }

  private async useTotp(factor: SecondFactor, code: string): Promise<boolean> {
    const step = await this.stepOf(factor, code);
    return step !== undefined && this.factors.useStep(factor._id, step, this.clock.now());
  }

  private async useRecoveryCode(user: User, text: string, caller: Caller): Promise<boolean> {
    const code = typedRecoveryCode(text);
    if (code === undefined) return false;
    const [hash = ''] = await this.hashesOf(user._id, [code]);
    return this.unitOfWork.run(async (session) => {
      const left = await this.factors.useRecoveryCode(user._id, hash, this.clock.now());
      if (left === undefined) return false;
      await this.news.tell(session, { user, change: 'recovery_code_used', recoveryCodesLeft: left, caller });
      return true;
    });
  }
}
