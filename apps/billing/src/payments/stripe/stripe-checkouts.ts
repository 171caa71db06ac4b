import { Injectable } from '@nestjs/common';
import type { Offer } from '../payment-config.js';
import type { CheckoutPort, ProviderCheckout } from '../payment-provider.js';
import { idOf, present } from './read-subscription.js';
import { StripeConnection } from './stripe-connection.js';
import { StripePrices } from './stripe-prices.js';

@Injectable()
export class StripeCheckouts implements CheckoutPort {
  constructor(
    private readonly connection: StripeConnection,
    private readonly prices: StripePrices,
  ) {}

  async create(order: Parameters<CheckoutPort['create']>[0]): Promise<{ id: string; url: string }> {
    const metadata = { account_id: order.accountId, plan: order.offer.plan };
    const items = await this.#itemsFor(order.offer);
    const session = await this.connection.write((stripe, options) =>
      stripe.checkout.sessions.create(
        {
          mode: 'subscription',
          customer: order.customerId,
          client_reference_id: order.accountId,
          line_items: items,
          metadata,
          subscription_data: {
            metadata,
            billing_mode: { type: 'flexible' },
            ...(order.trialDays > 0 && { trial_period_days: order.trialDays }),
          },
          success_url: order.successUrl,
          cancel_url: order.cancelUrl,
        },
        options,
      ),
    );
    return { id: session.id, url: present(session.url, 'the address of a checkout') };
  }

  async find(checkoutId: string): Promise<ProviderCheckout | undefined> {
    const session = await this.connection.find((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
    if (session === undefined) return undefined;
    return {
      id: session.id,
      url: session.url ?? undefined,
      mode: session.mode,
      status: session.status ?? undefined,
      accountId: session.metadata?.['account_id'] ?? session.client_reference_id ?? undefined,
      customerId: idOf(session.customer),
      subscriptionId: idOf(session.subscription),
    };
  }

  /** A page of checkout takes prices of one rhythm only: the monthly meter of a yearly plan is attached afterwards. */
  async #itemsFor(offer: Offer): Promise<{ price: string; quantity?: number }[]> {
    const plan = { price: await this.prices.of(offer), quantity: 1 };
    const overage = offer.billingPeriod === 'monthly' ? await this.prices.overageOf(offer.plan) : undefined;
    return overage === undefined ? [plan] : [plan, { price: overage }];
  }
}
