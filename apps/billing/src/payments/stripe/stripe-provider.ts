import { Injectable } from '@nestjs/common';
import { PaymentProvider } from '../payment-provider.js';
import { StripeCatalogue } from './stripe-catalogue.js';
import { StripeCheckouts } from './stripe-checkouts.js';
import { StripeConnection } from './stripe-connection.js';
import { StripeCustomers } from './stripe-customers.js';
import { StripeInvoices } from './stripe-invoices.js';
import { StripeMeters } from './stripe-meters.js';
import { StripePaymentMethods } from './stripe-payment-methods.js';
import { notConfigured } from './stripe-problem.js';
import { StripeSubscriptions } from './stripe-subscriptions.js';

@Injectable()
export class StripeProvider extends PaymentProvider {
  constructor(
    private readonly connection: StripeConnection,
    readonly customers: StripeCustomers,
    readonly checkouts: StripeCheckouts,
    readonly subscriptions: StripeSubscriptions,
    readonly invoices: StripeInvoices,
    readonly paymentMethods: StripePaymentMethods,
    readonly meters: StripeMeters,
    readonly catalogue: StripeCatalogue,
  ) {
    super();
  }

  get configured(): boolean {
    return this.connection.configured;
  }

  assertConfigured(): void {
    if (!this.configured) throw notConfigured();
  }
}
