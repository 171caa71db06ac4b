import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '#contracts';
import { UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { newRecoveryCodes } from '../domain/recovery-code.js';
import type { SecondFactor } from '../persistence/second-factor.collection.js';
import { SecondFactors } from '../persistence/second-factors.repository.js';
import { Users } from '../persistence/users.repository.js';
import { SecondFactorCheck } from '../second-factor/second-factor-check.js';
import { mfaAlreadyEnabled } from '../second-factor/second-factor-fields.js';
import { SecondFactorNews } from '../second-factor/second-factor-news.js';
import { userNotFound } from '../session-actor.js';
import { EnableSecondFactor } from './enable-second-factor.command.js';

const notSetUp = (): Problem =>
  new Problem(409, 'auth.mfa_not_set_up', 'There is no secret to confirm, or it has expired; set it up first');

@CommandHandler(EnableSecondFactor)
export class EnableSecondFactorHandler implements ICommandHandler<EnableSecondFactor> {
  constructor(
    private readonly factors: SecondFactors,
    private readonly check: SecondFactorCheck,
    private readonly users: Users,
    private readonly news: SecondFactorNews,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The code that shows that the app works counts as used: the next sign-in needs the next one. */
  async execute({ userId, code, caller }: EnableSecondFactor): Promise<string[]> {
    const factor = await this.pending(userId);
    const step = await this.check.proveSetUp(factor, code);
    const codes = newRecoveryCodes();
    const hashes = await this.check.hashesOf(userId, codes);
    await this.unitOfWork.run(async (session) => {
      if (!(await this.factors.activate(factor, step, hashes, this.clock.now()))) throw notSetUp();
      const user = await this.users.find(userId);
      if (user === null) throw userNotFound();
      await this.news.tell(session, { user, change: 'enabled', recoveryCodesLeft: codes.length, caller });
    });
    return codes;
  }

  private async pending(userId: string): Promise<SecondFactor> {
    const factor = await this.factors.find(userId);
    if (factor?.status === 'active') throw mfaAlreadyEnabled();
    if (factor?.expires_at === undefined || factor.expires_at <= this.clock.now()) throw notSetUp();
    return factor;
  }
}
