import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { newRecoveryCodes } from '../domain/recovery-code.js';
import { SecondFactors } from '../persistence/second-factors.repository.js';
import { BothStepsAgain } from '../second-factor/both-steps-again.js';
import { SecondFactorCheck } from '../second-factor/second-factor-check.js';
import { mfaNotEnabled } from '../second-factor/second-factor-fields.js';
import { SecondFactorNews } from '../second-factor/second-factor-news.js';
import { RenewRecoveryCodes } from './renew-recovery-codes.command.js';

@CommandHandler(RenewRecoveryCodes)
export class RenewRecoveryCodesHandler implements ICommandHandler<RenewRecoveryCodes> {
  constructor(
    private readonly bothSteps: BothStepsAgain,
    private readonly factors: SecondFactors,
    private readonly check: SecondFactorCheck,
    private readonly news: SecondFactorNews,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute({ userId, shown, caller }: RenewRecoveryCodes): Promise<string[]> {
    const user = await this.bothSteps.confirm(userId, shown, caller);
    const codes = newRecoveryCodes();
    const hashes = await this.check.hashesOf(userId, codes);
    await this.unitOfWork.run(async (session) => {
      if (!(await this.factors.renewRecoveryCodes(userId, hashes, this.clock.now()))) throw mfaNotEnabled();
      await this.news.tell(session, {
        user,
        change: 'recovery_codes_renewed',
        recoveryCodesLeft: codes.length,
        caller,
      });
    });
    return codes;
  }
}
