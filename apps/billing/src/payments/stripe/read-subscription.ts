import type { Stripe } from 'stripe';
import type { PlanId } from '#contracts';
import { PAID_PLANS } from '../payment-config.js';
import type { BillingPeriodName, Offer } from '../payment-config.js';
import type { ProviderStatus, ProviderSubscription } from '../payment-provider.js';

const STATUSES: readonly ProviderStatus[] = [
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'canceled',
  'incomplete',
  'incomplete_expired',
  'paused',
];

export const idOf = (reference: string | { id: string } | null | undefined): string | undefined =>
  typeof reference === 'string' ? reference : reference?.id;

export const dateOf = (seconds: number | null | undefined): Date | undefined =>
  seconds === null || seconds === undefined ? undefined : new Date(seconds * 1_000);

/** A value that the provider always sends. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`The payment provider left out ${what}`);
  return value;
}

const isMetered = ({ price }: Stripe.SubscriptionItem): boolean => price.recurring?.usage_type === 'metered';

/** @param offerOf which offer a price stands for */
export function readSubscription(
  subscription: Stripe.Subscription,
  offerOf: (price: Stripe.Price) => Offer | undefined,
): ProviderSubscription {
  const items = subscription.items.data;
  const item = present(items.find((candidate) => !isMetered(candidate)) ?? items[0], 'the items of a subscription');
  const offer = offerOf(item.price);
  return {
    id: subscription.id,
    customerId: present(idOf(subscription.customer), 'the customer of a subscription'),
    accountId: subscription.metadata['account_id'],
    status: statusOf(subscription.status),
    plan: offer?.plan ?? planNamed(item.price.metadata['plan']) ?? planNamed(subscription.metadata['plan']) ?? 'free',
    billingPeriod: offer?.billingPeriod ?? periodOf(item.price),
    period: { from: at(item.current_period_start), to: at(item.current_period_end) },
    anchor: at(subscription.billing_cycle_anchor),
    startedAt: at(subscription.start_date),
    trialEndsAt: dateOf(subscription.trial_end),
    cancelAt:
      dateOf(subscription.cancel_at) ?? (subscription.cancel_at_period_end ? at(item.current_period_end) : undefined),
    endedAt: dateOf(subscription.ended_at),
    planItemId: item.id,
    overageItemId: items.find(isMetered)?.id,
    latestInvoiceId: idOf(subscription.latest_invoice),
  };
}

const at = (seconds: number): Date => new Date(seconds * 1_000);

function statusOf(status: string): ProviderStatus {
  const known = STATUSES.find((candidate) => candidate === status);
  if (known === undefined) throw new Error(`The payment provider gave a subscription the unknown status ${status}`);
  return known;
}

const planNamed = (name: string | undefined): PlanId | undefined => PAID_PLANS.find((plan) => plan === name);

const periodOf = ({ recurring }: Stripe.Price): BillingPeriodName =>
  recurring?.interval === 'year' ? 'annual' : 'monthly';
