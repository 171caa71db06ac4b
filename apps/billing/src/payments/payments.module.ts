import { Module } from '@nestjs/common';
import { loadConfig } from '#service-defaults';
import { PaymentConfig, PaymentSettings } from './payment-config.js';
import { PaymentProvider } from './payment-provider.js';
import { StripeCatalogue } from './stripe/stripe-catalogue.js';
import { StripeCheckouts } from './stripe/stripe-checkouts.js';
import { StripeConnection } from './stripe/stripe-connection.js';
import { StripeCustomers } from './stripe/stripe-customers.js';
import { StripeInvoices } from './stripe/stripe-invoices.js';
import { StripeMeters } from './stripe/stripe-meters.js';
import { StripePaymentMethods } from './stripe/stripe-payment-methods.js';
import { StripePrices } from './stripe/stripe-prices.js';
import { StripeProvider } from './stripe/stripe-provider.js';
import { StripeSubscriptions } from './stripe/stripe-subscriptions.js';

/** The payment provider; everything else knows it as `PaymentProvider` only. */
@Module({
  providers: [
    { provide: PaymentSettings, useFactory: (): PaymentSettings => new PaymentSettings(loadConfig(PaymentConfig)) },
    StripeConnection,
    StripePrices,
    StripeCustomers,
    StripeCheckouts,
    StripeSubscriptions,
    StripeInvoices,
    StripePaymentMethods,
    StripeMeters,
    StripeCatalogue,
    { provide: PaymentProvider, useClass: StripeProvider },
  ],
  exports: [PaymentProvider],
})
export class PaymentsModule {}
