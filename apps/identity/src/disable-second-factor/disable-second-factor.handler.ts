import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BothStepsAgain } from '../second-factor/both-steps-again.js';
import { RemovedSecondFactors } from '../second-factor/removed-second-factors.js';
import { DisableSecondFactor } from './disable-second-factor.command.js';

@CommandHandler(DisableSecondFactor)
export class DisableSecondFactorHandler implements ICommandHandler<DisableSecondFactor> {
  constructor(
    private readonly bothSteps: BothStepsAgain,
    private readonly removed: RemovedSecondFactors,
  ) {}

  async execute({ actor: { userId, sessionId }, shown, caller }: DisableSecondFactor): Promise<number> {
    await this.bothSteps.confirm(userId, shown, caller);
    return this.removed.remove(userId, { sessionId, caller });
  }
}
