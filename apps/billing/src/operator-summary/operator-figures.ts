import { Injectable } from '@nestjs/common';
import { PLANS, questions } from '#contracts';
import type { PlanId } from '#contracts';
import { Questions } from '#messaging';
import { overageOf } from '../domain/overage.js';
import { planOf } from '../domain/plans.js';
import { churnRate, isPaying, monthlyRevenueMinor } from '../domain/recurring-revenue.js';
import { PlanChangesRepository } from '../persistence/plan-changes.repository.js';
import { SubscriptionsRepository } from '../persistence/subscriptions.repository.js';
import { UsageCountersRepository } from '../persistence/usage-counters.repository.js';

export interface OperatorFigures {
  mrrMinor: number;
  churnRate: number;
  overageMinor: number;
  accountsByPlan: Record<PlanId, number>;
}

/** How the business stands. Executions count for the time in which their period begins. */
@Injectable()
export class OperatorFiguresService {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly changes: PlanChangesRepository,
    private readonly counters: UsageCountersRepository,
    private readonly questions: Questions,
  ) {}

  async of(from: Date, to: Date): Promise<OperatorFigures> {
    const [paid, { count }, before, after, booked] = await Promise.all([
      this.subscriptions.onPaidPlans(),
      this.questions.ask(questions.countAccounts, {}),
      this.#payingAt(from),
      this.#payingAt(to),
      this.counters.bookedIn(from, to),
    ]);
    const accountsByPlan = Object.fromEntries(
      PLANS.map((plan) => [plan, paid.filter((each) => each.plan === plan).length]),
    ) as Record<PlanId, number>;
    return {
      // Only the provider takes money: a plan that an operator gave away is no revenue.
      mrrMinor: monthlyRevenueMinor(
        paid
          .filter(({ known }) => known !== undefined && known !== null)
          .map(({ plan, status, billing_period }) => ({ plan: planOf(plan), status, billingPeriod: billing_period })),
      ),
      churnRate: churnRate(before, after),
      overageMinor: booked.reduce((sum, each) => sum + overageOf(planOf(each.plan), each.booked).amountMinor, 0),
      accountsByPlan: { ...accountsByPlan, free: Math.max(0, count - paid.length) },
    };
  }

  async #payingAt(at: Date): Promise<Set<string>> {
    const standings = await this.changes.standingsAt(at);
    const paying = standings.filter(({ plan, status }) => isPaying(planOf(plan), status));
    return new Set(paying.map(({ subject }) => subject));
  }
}
