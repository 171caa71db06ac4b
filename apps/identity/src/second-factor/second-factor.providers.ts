import { DisableSecondFactorController } from '../disable-second-factor/disable-second-factor.controller.js';
import { DisableSecondFactorHandler } from '../disable-second-factor/disable-second-factor.handler.js';
import { EnableSecondFactorController } from '../enable-second-factor/enable-second-factor.controller.js';
import { EnableSecondFactorHandler } from '../enable-second-factor/enable-second-factor.handler.js';
import { SecondFactors } from '../persistence/second-factors.repository.js';
import { ReadSecondFactorController } from '../read-second-factor/read-second-factor.controller.js';
import { RenewRecoveryCodesController } from '../renew-recovery-codes/renew-recovery-codes.controller.js';
import { RenewRecoveryCodesHandler } from '../renew-recovery-codes/renew-recovery-codes.handler.js';
import { ResetSecondFactorController } from '../reset-second-factor/reset-second-factor.controller.js';
import { SetUpSecondFactorController } from '../set-up-second-factor/set-up-second-factor.controller.js';
import { SetUpSecondFactorHandler } from '../set-up-second-factor/set-up-second-factor.handler.js';
import { BothStepsAgain } from './both-steps-again.js';
import { RemovedSecondFactors } from './removed-second-factors.js';
import { SecondFactorCheck } from './second-factor-check.js';
import { SecondFactorNews } from './second-factor-news.js';

/** Everything about two-step sign-in but the sign-in itself. */
export const secondFactor = {
  controllers: [
    ReadSecondFactorController,
    SetUpSecondFactorController,
    EnableSecondFactorController,
    DisableSecondFactorController,
    RenewRecoveryCodesController,
    ResetSecondFactorController,
  ],
  providers: [
    SecondFactors,
    SecondFactorNews,
    SecondFactorCheck,
    BothStepsAgain,
    RemovedSecondFactors,
    SetUpSecondFactorHandler,
    EnableSecondFactorHandler,
    DisableSecondFactorHandler,
    RenewRecoveryCodesHandler,
  ],
};
