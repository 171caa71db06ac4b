/** What the fake answers, in Stripe's own words: the fields that the product reads, as the pinned API version has them. */
export interface StripeCustomer {
  id: string;
  object: 'customer';
  created: number;
  email: string | null;
  name: string | null;
  metadata: Record<string, string>;
  invoice_settings: { default_payment_method: string | null };
  deleted?: true;
}

export type StripeSubscriptionStatus =
  'incomplete' | 'incomplete_expired' | 'trialing' | 'active' | 'past_due' | 'canceled' | 'unpaid' | 'paused';

export interface StripeSubscriptionItem {
  id: string;
  object: 'subscription_item';
  quantity?: number;
  price: StripePrice;
  current_period_start: number;
  current_period_end: number;
}

export interface StripePrice {
  id: string;
  object: 'price';
  active: boolean;
  product: string;
  currency: string;
  unit_amount: number | null;
  metadata: Record<string, string>;
  lookup_key: string | null;
  recurring: {
    interval: 'month' | 'year';
    interval_count: number;
    usage_type: 'licensed' | 'metered';
    meter?: string | null;
  };
  tiers?: { up_to: number | null; unit_amount: number | null; unit_amount_decimal: string | null }[];
}

export interface StripeSubscription {
  id: string;
  object: 'subscription';
  customer: string;
  status: StripeSubscriptionStatus;
  metadata: Record<string, string>;
  items: { object: 'list'; data: StripeSubscriptionItem[]; has_more: boolean; url: string };
  created: number;
  start_date: number;
  billing_cycle_anchor: number;
  trial_start: number | null;
  trial_end: number | null;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  canceled_at: number | null;
  ended_at: number | null;
  collection_method: 'charge_automatically' | 'send_invoice';
  default_payment_method: string | null;
  latest_invoice: string | null;
}

export interface StripeInvoice {
  id: string;
  object: 'invoice';
  customer: string;
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
  currency: string;
  amount_due: number;
  amount_paid: number;
  amount_remaining: number;
  total: number;
  number: string;
  created: number;
  due_date: number | null;
  attempt_count: number;
  attempted: boolean;
  auto_advance: boolean;
  billing_reason: string;
  collection_method: 'charge_automatically' | 'send_invoice';
  hosted_invoice_url: string;
  invoice_pdf: string;
  parent: { type: 'subscription_details'; subscription_details: { subscription: string; metadata: object } };
}

export interface StripeEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  livemode: false;
  type: string;
  data: { object: Record<string, unknown> };
}

/** What a meter was told. */
export interface StripeMeterEvent {
  object: 'billing.meter_event';
  event_name: string;
  identifier: string;
  payload: Record<string, string>;
  /** Seconds. */
  timestamp: number;
  created: number;
}

/** A page of checkout that was opened. */
export interface StripeCheckout {
  id: string;
  object: 'checkout.session';
  mode: string;
  status: 'open' | 'complete' | 'expired';
  url: string;
  customer: string | null;
  subscription: string | null;
  client_reference_id: string | null;
  metadata: Record<string, string>;
  success_url: string | null;
  cancel_url: string | null;
  created: number;
  /** What it is going to make; the real one does not answer that. */
  order: { metadata: Record<string, string>; trialDays: number; price: string };
}

/** A card that a customer has added. */
export interface StripeCard {
  id: string;
  object: 'payment_method';
  type: 'card';
  customer: string | null;
  card: { brand: string; last4: string; exp_month: number; exp_year: number };
}

export interface StripeProduct {
  id: string;
  object: 'product';
  name: string;
  active: boolean;
  metadata: Record<string, string>;
}

export interface StripeMeter {
  id: string;
  object: 'billing.meter';
  event_name: string;
  status: 'active';
}
