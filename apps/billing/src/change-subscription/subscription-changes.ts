import { Injectable } from '@nestjs/common';
import { auditedCaller, AuditLog } from '#audit';
import type { RequestContext } from '#auth';
import { Problem } from '#contracts';
import type { AuditData } from '#contracts';
import { UnitOfWork } from '#persistence';
import { planOf } from '../domain/plans.js';
import { BringUpToDate } from '../follow-subscription/bring-up-to-date.js';
import { ResourceCounter } from '../get-billing/resource-counter.js';
import { LiveSubscriptions } from '../payments/live-subscriptions.js';
import type { Offer } from '../payments/payment-config.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import type { ChangePreview, ProviderSubscription } from '../payments/payment-provider.js';
import { exceeding } from './exceeding.js';
import type { Exceeding } from './exceeding.js';

/**
 * Changes to a subscription are made at the provider and then read back from there, as after an event: the record here
 * is right before the answer leaves, and an event that tells the same later changes nothing.
 */
@Injectable()
export class SubscriptionChanges {
  constructor(
    private readonly subscriptions: LiveSubscriptions,
    private readonly provider: PaymentProvider,
    private readonly counter: ResourceCounter,
    private readonly bringUpToDate: BringUpToDate,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  async preview({ scope }: RequestContext, offer: Offer): Promise<ChangePreview & { exceeds: Exceeding[] }> {
    const subscription = await this.subscriptions.get(scope);
    const [preview, exceeds] = await Promise.all([
      this.provider.subscriptions.preview(subscription, offer),
      this.#exceeding(scope.accountId, subscription, offer),
    ]);
    return { ...preview, exceeds };
  }

  /** @throws Problem 409 `billing.cannot_downgrade_plan` with what exceeds, 402 when the payment does not go through */
  async change(ctx: RequestContext, offer: Offer): Promise<void> {
    const subscription = await this.subscriptions.get(ctx.scope);
    if (subscription.plan === offer.plan && subscription.billingPeriod === offer.billingPeriod) return;
    const exceeds = await this.#exceeding(ctx.accountId, subscription, offer);
    if (exceeds.length > 0) throw cannotDowngrade(offer, exceeds);
    await this.provider.subscriptions.change(subscription, offer);
    await this.#done(ctx, 'billing.subscription.changed', {
      plan: offer.plan,
      billing_period: offer.billingPeriod,
      former_plan: subscription.plan,
    });
  }

  async cancel(ctx: RequestContext, when: 'now' | 'period_end'): Promise<void> {
    const subscription = await this.subscriptions.get(ctx.scope);
    if (when === 'period_end' && subscription.cancelAt !== undefined) return;
    await this.provider.subscriptions.cancel(subscription.id, when);
    await this.#done(ctx, 'billing.subscription.cancelled', { plan: subscription.plan, at_period_end: when !== 'now' });
  }

  /** Pays what is open first: a subscription whose money is missing would only fail again. */
  async resume(ctx: RequestContext): Promise<void> {
    const subscription = await this.subscriptions.get(ctx.scope);
    const open = await this.provider.invoices.open(subscription.id);
    for (const invoice of open) await this.provider.invoices.pay(invoice.id);
    if (subscription.cancelAt !== undefined) await this.provider.subscriptions.resume(subscription.id);
    else if (open.length === 0) return;
    await this.#done(ctx, 'billing.subscription.resumed', { plan: subscription.plan, invoices_paid: open.length });
  }

  async #exceeding(accountId: string, { plan }: ProviderSubscription, offer: Offer): Promise<Exceeding[]> {
    return exceeding(await this.counter.of(accountId), planOf(plan), planOf(offer.plan));
  }

  async #done(ctx: RequestContext, type: string, data: AuditData): Promise<void> {
    const { accountId } = ctx;
    await this.unitOfWork.run((session) =>
      this.audit.record(session, {
        ...auditedCaller(ctx),
        type,
        accountId,
        target: { kind: 'subscription', id: accountId },
        data,
      }),
    );
    await this.bringUpToDate.of(accountId);
  }
}

function cannotDowngrade(offer: Offer, exceeds: Exceeding[]): Problem {
  const things = exceeds.map(({ resource, used, limit }) => `${resource.replace('_', ' ')} (${used} of ${limit})`);
  return new Problem(
    409,
    'billing.cannot_downgrade_plan',
    `The ${planOf(offer.plan).label} plan has no room for what you have: ${things.join(', ')}. Remove some first.`,
    { data: { plan: offer.plan, exceeds } },
  );
}
