import { Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import type { Offer, PaidPlan } from '../payment-config.js';
import { PAID_PLANS } from '../payment-config.js';
import type { ChangePreview, ProviderSubscription, SubscriptionPort } from '../payment-provider.js';
import { readSubscription } from './read-subscription.js';
import { StripeConnection } from './stripe-connection.js';
import { StripePrices } from './stripe-prices.js';

const RANK: readonly string[] = PAID_PLANS;
const MOST_LISTED = 100;

/**
 * More is paid at once, and only a payment that goes through gives the larger plan; less is set off against the next
 * invoice.
 */
const prorationOf = (subscription: ProviderSubscription, offer: Offer): 'always_invoice' | 'create_prorations' => {
  const step = RANK.indexOf(offer.plan) - RANK.indexOf(subscription.plan);
  const toYear = offer.billingPeriod === 'annual' && subscription.billingPeriod === 'monthly';
  return step > 0 || (step === 0 && toYear) ? 'always_invoice' : 'create_prorations';
};

@Injectable()
export class StripeSubscriptions implements SubscriptionPort {
  constructor(
    private readonly connection: StripeConnection,
    private readonly prices: StripePrices,
  ) {}

  async find(subscriptionId: string): Promise<ProviderSubscription | undefined> {
    const found = await this.connection.find((stripe) => stripe.subscriptions.retrieve(subscriptionId));
    return found && this.#read(found);
  }

  async ofCustomer(customerId: string): Promise<ProviderSubscription[]> {
    const found = await this.connection.find((stripe) =>
      stripe.subscriptions.list({ customer: customerId, status: 'all', limit: MOST_LISTED }),
    );
    return (found?.data ?? [])
      .map((subscription) => this.#read(subscription))
      .toSorted((one, other) => other.startedAt.getTime() - one.startedAt.getTime());
  }

  async preview(subscription: ProviderSubscription, offer: Offer): Promise<ChangePreview> {
    const items = await this.#itemsFor(subscription, offer);
    const invoice = await this.connection.read((stripe) =>
      stripe.invoices.createPreview({
        customer: subscription.customerId,
        subscription: subscription.id,
        subscription_details: { items, proration_behavior: prorationOf(subscription, offer) },
      }),
    );
    return {
      amountDueMinor: invoice.amount_due,
      currency: invoice.currency,
      lines: invoice.lines.data.map((line) => ({
        description: line.description ?? '',
        amountMinor: line.amount,
        proration: isProration(line),
        from: new Date(line.period.start * 1_000),
        to: new Date(line.period.end * 1_000),
      })),
    };
  }

  async change(subscription: ProviderSubscription, offer: Offer): Promise<ProviderSubscription> {
    const items = await this.#itemsFor(subscription, offer);
    const changed = await this.connection.write((stripe, options) =>
      stripe.subscriptions.update(
        subscription.id,
        {
          items,
          metadata: { plan: offer.plan },
          proration_behavior: prorationOf(subscription, offer),
          payment_behavior: 'error_if_incomplete',
        },
        options,
      ),
    );
    return this.#read(changed);
  }

  async cancel(subscriptionId: string, when: 'now' | 'period_end'): Promise<ProviderSubscription> {
    const cancelled = await this.connection.write((stripe, options) =>
      when === 'now'
        ? stripe.subscriptions.cancel(subscriptionId, { invoice_now: true }, options)
        : stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true }, options),
    );
    return this.#read(cancelled);
  }

  async resume(subscriptionId: string): Promise<ProviderSubscription> {
    const resumed = await this.connection.write((stripe, options) =>
      stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: false }, options),
    );
    return this.#read(resumed);
  }

  async attachOverage(subscription: ProviderSubscription): Promise<ProviderSubscription> {
    if (subscription.overageItemId !== undefined || subscription.plan === 'free') return subscription;
    const price = await this.prices.overageOf(subscription.plan);
    if (price === undefined) return subscription;
    const attached = await this.connection.write(
      (stripe, options) =>
        stripe.subscriptions.update(subscription.id, { items: [{ price }], proration_behavior: 'none' }, options),
      `overage/${subscription.id}/${price}`,
    );
    return this.#read(attached);
  }

  async #itemsFor(subscription: ProviderSubscription, offer: Offer): Promise<{ id: string; price: string }[]> {
    const items = [{ id: subscription.planItemId, price: await this.prices.of(offer) }];
    const overage = await this.#overageItem(subscription, offer.plan);
    return overage === undefined ? items : [...items, overage];
  }

  async #overageItem(
    { overageItemId, plan: current }: ProviderSubscription,
    plan: PaidPlan,
  ): Promise<{ id: string; price: string } | undefined> {
    if (overageItemId === undefined || current === plan) return undefined;
    const price = await this.prices.overageOf(plan);
    return price === undefined ? undefined : { id: overageItemId, price };
  }

  #read(subscription: Stripe.Subscription): ProviderSubscription {
    return readSubscription(subscription, (price) => this.prices.offerOf(price));
  }
}

const isProration = ({ parent }: Stripe.InvoiceLineItem): boolean =>
  (parent?.subscription_item_details?.proration ?? parent?.invoice_item_details?.proration) === true;
