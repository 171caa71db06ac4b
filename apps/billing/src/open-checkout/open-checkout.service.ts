import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import type { AccountScope } from '#contracts';
import { appPage } from '../domain/app-page.js';
import { LiveSubscriptions } from '../payments/live-subscriptions.js';
import { Payers } from '../payments/payers.js';
import type { Offer } from '../payments/payment-config.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import { CustomersRepository } from '../persistence/customers.repository.js';
import { BillingSettings } from '../settings.js';

const TRIAL_DAYS = 14;
const DONE = 'session_id={CHECKOUT_SESSION_ID}';
const CANCELLED = 'billing=cancelled';

/** Sends an account to the provider's page to subscribe to a plan. */
@Injectable()
export class OpenCheckout {
  constructor(
    private readonly payers: Payers,
    private readonly customers: CustomersRepository,
    private readonly subscriptions: LiveSubscriptions,
    private readonly provider: PaymentProvider,
    private readonly settings: BillingSettings,
  ) {}

  /** @throws Problem 409 `billing.already_subscribed` for an account that has a subscription */
  async open(scope: AccountScope, offer: Offer, returnPath: string | undefined): Promise<{ id: string; url: string }> {
    this.provider.assertConfigured();
    const customerId = await this.payers.ensure(scope);
    const { live, any } = await this.subscriptions.historyOf(customerId);
    if (live !== undefined) throw alreadySubscribed();
    const page = (fallback: string, query: string): string =>
      appPage(this.settings.appUrl, returnPath ?? fallback, query);
    const checkout = await this.provider.checkouts.create({
      accountId: scope.accountId,
      customerId,
      offer,
      // Whoever ends a subscription and begins another one has tried the product already.
      trialDays: any ? 0 : TRIAL_DAYS,
      successUrl: page('/settings/billing/success', DONE),
      cancelUrl: page('/settings?tab=billing', CANCELLED),
    });
    await this.customers.expectCheckout(scope);
    return checkout;
  }
}

const alreadySubscribed = (): Problem =>
  new Problem(
    409,
    'billing.already_subscribed',
    'This account has a subscription already. Change its plan instead of subscribing again.',
  );
