import type { SubscriptionStatus } from '#contracts';
import type { KnownSubscription } from '../domain/known-subscription.js';
import type { KnownInvoice } from '../domain/subscription-news.js';
import type { ProviderInvoice, ProviderStatus, ProviderSubscription } from '../payments/payment-provider.js';

const STATUSES: Readonly<Record<ProviderStatus, SubscriptionStatus>> = {
  trialing: 'trialing',
  active: 'active',
  past_due: 'past_due',
  unpaid: 'unpaid',
  // A trial that ended without a payment method: nothing is collected and nothing is given until there is one.
  paused: 'unpaid',
  canceled: 'cancelled',
  incomplete: 'incomplete',
  incomplete_expired: 'cancelled',
};

export const knownSubscription = (given: ProviderSubscription): KnownSubscription => ({
  id: given.id,
  customer_id: given.customerId,
  plan: given.plan,
  status: STATUSES[given.status],
  billing_period: given.billingPeriod,
  anchor: given.anchor,
  period_from: given.period.from,
  period_to: given.period.to,
  trial_ends_at: given.trialEndsAt ?? null,
  cancel_at: given.cancelAt ?? null,
  metered_item_id: given.overageItemId ?? null,
  created_at: given.startedAt,
});

export const knownInvoice = (given: ProviderInvoice): KnownInvoice => ({
  id: given.id,
  status: given.status,
  number: given.number,
  currency: given.currency,
  amount_due: given.amountDueMinor,
  amount_paid: given.amountPaidMinor,
  attempts: given.attempts,
  automatic: given.automatic,
  created_at: given.createdAt,
  due_at: given.dueAt,
  url: given.hostedUrl,
});
