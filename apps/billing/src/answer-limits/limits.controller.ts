import { Controller } from '@nestjs/common';
import { questions } from '#contracts';
import type { AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import { AccountPlans } from '../account-plans.js';
import { overagePolicy } from '../domain/plans.js';
import { BillingSettings } from '../settings.js';

@Controller()
export class LimitsController {
  constructor(
    private readonly plans: AccountPlans,
    private readonly settings: BillingSettings,
  ) {}

  @Answers(questions.limits)
  async limits(request: { account_id: string }): Promise<AnswerOf<typeof questions.limits>> {
    const { plan, period } = await this.plans.of(request.account_id);
    return {
      plan: plan.id,
      label: plan.label,
      limits: plan.limits,
      storage_bytes: plan.storageBytes,
      overage: overagePolicy(plan),
      period: { from: period.from.toISOString(), to: period.to.toISOString() },
      upgrade_url: this.settings.upgradeUrl,
    };
  }
}
