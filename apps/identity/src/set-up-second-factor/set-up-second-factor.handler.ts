import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Sealer } from '#sealing';
import { Clock } from '../clock.js';
import { OwnPassword } from '../confirm-password/own-password.js';
import { newTotpSecret, otpauthUrl } from '../domain/totp.js';
import { sealedForSecondFactor } from '../persistence/second-factor.collection.js';
import { SecondFactors } from '../persistence/second-factors.repository.js';
import { mfaAlreadyEnabled } from '../second-factor/second-factor-fields.js';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';
import { SetUpSecondFactor, type SecondFactorSecret } from './set-up-second-factor.command.js';

/** So long a secret waits for its first code. */
const SETUP_LIFE_MS = 15 * 60_000;

@CommandHandler(SetUpSecondFactor)
export class SetUpSecondFactorHandler implements ICommandHandler<SetUpSecondFactor> {
  constructor(
    private readonly ownPassword: OwnPassword,
    private readonly factors: SecondFactors,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** Nothing is asked for at sign-in until a code has shown that the app works. */
  async execute({ userId, password }: SetUpSecondFactor): Promise<SecondFactorSecret> {
    const { email } = await this.ownPassword.confirm(userId, password);
    const secret = newTotpSecret();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + SETUP_LIFE_MS);
    const sealed = await this.sealer.seal(secret, sealedForSecondFactor(userId));
    if (!(await this.factors.setUp(userId, sealed, { now, expiresAt }))) throw mfaAlreadyEnabled();
    const url = otpauthUrl(secret, { issuer: this.settings.mfaIssuer, account: email });
    return { secret, otpauthUrl: url, expiresAt };
  }
}
