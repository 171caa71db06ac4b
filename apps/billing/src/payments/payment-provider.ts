import type { PlanId } from '#contracts';
import type { BillingPeriodName, Offer, PaidPlan } from './payment-config.js';

export type ProviderStatus =
  'trialing' | 'active' | 'past_due' | 'unpaid' | 'canceled' | 'incomplete' | 'incomplete_expired' | 'paused';

/** A subscription as the provider has it now. */
export interface ProviderSubscription {
  id: string;
  customerId: string;
  /** From the metadata that checkout sets; undefined when somebody made the subscription by hand. */
  accountId: string | undefined;
  status: ProviderStatus;
  /** What is charged decides, then what the subscription says of itself. */
  plan: PlanId;
  billingPeriod: BillingPeriodName;
  /** The period that is paid for. */
  period: { from: Date; to: Date };
  /** Where its months are counted from; the day of the month stays when a shorter one comes in between. */
  anchor: Date;
  startedAt: Date;
  trialEndsAt: Date | undefined;
  /** When it will end, if that is decided. */
  cancelAt: Date | undefined;
  endedAt: Date | undefined;
  /** The item with the plan's price. */
  planItemId: string;
  /** The item that executions beyond the plan are charged through. */
  overageItemId: string | undefined;
  latestInvoiceId: string | undefined;
}

export interface ProviderInvoice {
  id: string;
  customerId: string;
  subscriptionId: string | undefined;
  number: string | undefined;
  status: string;
  currency: string;
  amountDueMinor: number;
  amountPaidMinor: number;
  /** How often collecting it was tried. */
  attempts: number;
  /** Whether it is collected without the customer doing something. */
  automatic: boolean;
  createdAt: Date;
  dueAt: Date | undefined;
  nextAttemptAt: Date | undefined;
  pdfUrl: string | undefined;
  hostedUrl: string | undefined;
}

export interface ProviderCheckout {
  id: string;
  url: string | undefined;
  mode: string;
  status: string | undefined;
  accountId: string | undefined;
  customerId: string | undefined;
  subscriptionId: string | undefined;
}

export interface PaymentMethod {
  id: string;
  brand: string;
  last4: string;
  expMonth: number;
  expYear: number;
  isDefault: boolean;
}

/** What a change would cost. */
export interface ChangePreview {
  amountDueMinor: number;
  currency: string;
  lines: { description: string; amountMinor: number; proration: boolean; from: Date; to: Date }[];
}

/** One number for the meter; the same identifier counts once. */
export interface MeterReading {
  identifier: string;
  customerId: string;
  /** Whole executions. */
  value: number;
  at: Date;
}

export interface CustomerPort {
  create(customer: { accountId: string; name: string; email: string | undefined }): Promise<string>;
  /** Ends the subscriptions too. Deleting again is no error. */
  delete(customerId: string): Promise<void>;
  portal(customerId: string, returnUrl: string): Promise<string>;
}

export interface CheckoutPort {
  create(order: {
    accountId: string;
    customerId: string;
    offer: Offer;
    trialDays: number;
    successUrl: string;
    cancelUrl: string;
  }): Promise<{ id: string; url: string }>;
  find(checkoutId: string): Promise<ProviderCheckout | undefined>;
}

export interface SubscriptionPort {
  /** @returns undefined when the provider knows none of this id */
  find(subscriptionId: string): Promise<ProviderSubscription | undefined>;
  /** All of a customer, ended ones too, the newest first; none of one who does not exist any more. */
  ofCustomer(customerId: string): Promise<ProviderSubscription[]>;
  preview(subscription: ProviderSubscription, offer: Offer): Promise<ChangePreview>;
  change(subscription: ProviderSubscription, offer: Offer): Promise<ProviderSubscription>;
  cancel(subscriptionId: string, when: 'now' | 'period_end'): Promise<ProviderSubscription>;
  /** Takes back a cancellation that has not come into force. */
  resume(subscriptionId: string): Promise<ProviderSubscription>;
  /** Lets executions beyond the plan be charged with it, where checkout could not arrange that. */
  attachOverage(subscription: ProviderSubscription): Promise<ProviderSubscription>;
}

export interface InvoicePort {
  find(invoiceId: string): Promise<ProviderInvoice | undefined>;
  /** The newest first. */
  ofCustomer(customerId: string, limit: number): Promise<ProviderInvoice[]>;
  open(subscriptionId: string): Promise<ProviderInvoice[]>;
  pay(invoiceId: string): Promise<ProviderInvoice>;
}

export interface PaymentMethodPort {
  ofCustomer(customerId: string): Promise<PaymentMethod[]>;
  /** @returns the secret with which the web client adds a card */
  setupIntent(customerId: string): Promise<{ id: string; clientSecret: string }>;
  /** @returns false when the customer has no such method */
  makeDefault(customerId: string, methodId: string): Promise<boolean>;
  /** @returns false when the customer has no such method */
  remove(customerId: string, methodId: string): Promise<boolean>;
}

export interface MeterPort {
  send(reading: MeterReading): Promise<void>;
}

/** A plan as it is sold, in whole cents where money is whole and as decimal text where it is not. */
export interface PlanForSale {
  plan: PaidPlan;
  label: string;
  currency: string;
  priceMinor: Readonly<Record<BillingPeriodName, number>>;
  includedExecutions: number;
  /** Cents for each execution beyond them. */
  overageMinor: string;
}

/** What was done to one thing at the provider. */
export interface CatalogueStep {
  kind: 'product' | 'price' | 'meter';
  name: string;
  id: string;
  action: 'made' | 'changed' | 'unchanged';
}

export interface CataloguePort {
  /** Makes the provider's products, prices and meter agree with the plans; doing it again changes nothing. */
  sync(plans: readonly PlanForSale[]): Promise<CatalogueStep[]>;
}

/**
 * The one way to the company that takes the money. Every call is tried again as long as that is safe, and fails with a
 * Problem: 503 `billing.not_configured` without a key, 503 `billing.provider_unavailable` when no answer comes, 402
 * `billing.payment_failed` when the money does not.
 */
export abstract class PaymentProvider {
  /** Whether there is a provider at all. */
  abstract readonly configured: boolean;
  /** @throws Problem 503 `billing.not_configured` where there is none */
  abstract assertConfigured(): void;
  abstract readonly customers: CustomerPort;
  abstract readonly checkouts: CheckoutPort;
  abstract readonly subscriptions: SubscriptionPort;
  abstract readonly invoices: InvoicePort;
  abstract readonly paymentMethods: PaymentMethodPort;
  abstract readonly meters: MeterPort;
  abstract readonly catalogue: CataloguePort;
}
