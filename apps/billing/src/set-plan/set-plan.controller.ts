import { Controller } from '@nestjs/common';
import { questions } from '#contracts';
import type { AnswerOf, PlanId } from '#contracts';
import { Answers, Questions } from '#messaging';
import { SetPlan } from './set-plan.service.js';

@Controller()
export class SetPlanController {
  constructor(
    private readonly setPlan: SetPlan,
    private readonly questions: Questions,
  ) {}

  @Answers(questions.setPlan)
  async set(request: {
    account_id: string;
    plan: PlanId;
    billing_period: 'monthly' | 'annual';
  }): Promise<AnswerOf<typeof questions.setPlan>> {
    const { account_id } = await this.questions.ask(questions.getAccount, { account_id: request.account_id });
    const { plan, previousPlan, period } = await this.setPlan.set(account_id, request.plan, request.billing_period);
    return {
      account_id,
      plan,
      previous_plan: previousPlan,
      period: { from: period.from.toISOString(), to: period.to.toISOString() },
    };
  }
}
