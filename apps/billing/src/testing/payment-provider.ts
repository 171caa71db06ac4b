import { PaymentConfig, PaymentSettings } from '../payments/payment-config.js';
import type { PaymentProvider } from '../payments/payment-provider.js';
import { StripeCatalogue } from '../payments/stripe/stripe-catalogue.js';
import { StripeCheckouts } from '../payments/stripe/stripe-checkouts.js';
import { StripeConnection } from '../payments/stripe/stripe-connection.js';
import { StripeCustomers } from '../payments/stripe/stripe-customers.js';
import { StripeInvoices } from '../payments/stripe/stripe-invoices.js';
import { StripeMeters } from '../payments/stripe/stripe-meters.js';
import { StripePaymentMethods } from '../payments/stripe/stripe-payment-methods.js';
import { StripePrices } from '../payments/stripe/stripe-prices.js';
import { StripeProvider } from '../payments/stripe/stripe-provider.js';
import { StripeSubscriptions } from '../payments/stripe/stripe-subscriptions.js';

/** The provider as the service makes it, without the service. */
export function paymentProvider(env: Record<string, string>): PaymentProvider {
  const settings = new PaymentSettings(PaymentConfig.parse(env));
  const connection = new StripeConnection(settings);
  const prices = new StripePrices(connection, settings);
  return new StripeProvider(
    connection,
    new StripeCustomers(connection),
    new StripeCheckouts(connection, prices),
    new StripeSubscriptions(connection, prices),
    new StripeInvoices(connection),
    new StripePaymentMethods(connection),
    new StripeMeters(connection),
    new StripeCatalogue(connection, prices),
  );
}
