import { Injectable } from '@nestjs/common';
import { events, Problem, scopeOf } from '#contracts';
import type { AccountScope, PlanId } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { AccountPlans } from '../account-plans.js';
import { Clock } from '../clock.js';
import { planOf } from '../domain/plans.js';
import type { BillingPeriod } from '../domain/billing-period.js';
import { SubscriptionsRepository } from '../persistence/subscriptions.repository.js';
import type { Subscription } from '../persistence/subscriptions.repository.js';

export interface PlanChange {
  plan: PlanId;
  previousPlan: PlanId;
  period: BillingPeriod;
}

/** Puts accounts on plans and tells everybody; the subscription and its event are one transaction. */
@Injectable()
export class SetPlan {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly outbox: Outbox,
    private readonly plans: AccountPlans,
    private readonly clock: Clock,
  ) {}

  /** @param accountId an account whose existence the caller has checked */
  async set(accountId: string, plan: PlanId, billingPeriod: Subscription['billing_period']): Promise<PlanChange> {
    const scope = scopeOf(accountId);
    const previousPlan = await this.unitOfWork.run(
      async (session) => {
        const { before, now } = await this.#put(scope, plan, billingPeriod);
        const { id, label, limits } = planOf(plan);
        const previous = before?.plan ?? 'free';
        await this.outbox.add(session, events.subscriptionChanged, {
          accountId,
          subject: accountId,
          data: {
            account_id: accountId,
            plan: id,
            previous_plan: previous,
            label,
            status: now.status,
            limits,
            revision: now.version,
          },
        });
        return previous;
      },
      { turn: `subscription/${accountId}` },
    );
    this.plans.forget(accountId);
    const { period } = await this.plans.of(accountId);
    return { plan, previousPlan, period };
  }

  /** The months of a paid plan are counted from the day the account left the free one. */
  async #put(
    scope: AccountScope,
    plan: PlanId,
    billingPeriod: Subscription['billing_period'],
  ): Promise<{ before: Subscription | null; now: Subscription }> {
    const current = await this.subscriptions.find(scope, scope.accountId);
    if (current?.known && current.known.status !== 'cancelled') throw subscribed();
    const anchor = plan === 'free' ? null : (current?.period_anchor ?? this.clock.now());
    return this.subscriptions.put(scope, {
      plan,
      status: 'active',
      billing_period: billingPeriod,
      period_anchor: anchor,
      known: null,
      grace_until: null,
    });
  }
}

/** The next answer of the payment provider would undo it. */
const subscribed = (): Problem =>
  new Problem(409, 'billing.has_subscription', 'The account pays for a subscription; change or cancel that instead');
