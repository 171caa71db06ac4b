import { cataloguePrices, overagePrice, planPrice } from './stripe-prices.js';
import type {
  StripeCard,
  StripeCheckout,
  StripeCustomer,
  StripeEvent,
  StripeInvoice,
  StripeMeter,
  StripeMeterEvent,
  StripePrice,
  StripeProduct,
  StripeSubscription,
  StripeSubscriptionStatus,
} from './stripe-objects.js';

const DAY = 24 * 60 * 60;

export interface NewSubscription {
  customer: string;
  plan: string;
  interval?: 'month' | 'year';
  trialDays?: number;
  status?: StripeSubscriptionStatus;
  metadata?: Record<string, string>;
}

/** What the fake knows, and what happens at Stripe without a request of ours. Every change records its event. */
export class StripeBook {
  readonly customers = new Map<string, StripeCustomer>();
  readonly subscriptions = new Map<string, StripeSubscription>();
  readonly invoices = new Map<string, StripeInvoice>();
  readonly prices = new Map<string, StripePrice>(cataloguePrices().map((price) => [price.id, price]));
  readonly products = new Map<string, StripeProduct>();
  readonly meters = new Map<string, StripeMeter>();
  readonly cards = new Map<string, StripeCard>();
  readonly checkouts = new Map<string, StripeCheckout>();
  /** By identifier. */
  readonly meterEvents = new Map<string, StripeMeterEvent>();
  /** In the order in which they happened; a test delivers them as it likes. */
  readonly events: StripeEvent[] = [];
  /** The time at Stripe, in seconds. */
  now: () => number = () => Math.floor(Date.now() / 1_000);
  #count = 0;

  /** Ids differ between suites, as they do between Stripe accounts. */
  constructor(private readonly suffix: string) {}

  newId(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${this.suffix}${String(this.#count).padStart(4, '0')}`;
  }

  record(type: string, object: object): StripeEvent {
    const event: StripeEvent = {
      id: this.newId('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      created: this.now(),
      livemode: false,
      type,
      data: { object: structuredClone(object) as Record<string, unknown> },
    };
    this.events.push(event);
    return event;
  }

  addCustomer(fields: Partial<Pick<StripeCustomer, 'email' | 'name' | 'metadata'>> = {}): StripeCustomer {
    const customer: StripeCustomer = {
      id: this.newId('cus'),
      object: 'customer',
      created: this.now(),
      email: null,
      name: null,
      metadata: {},
      invoice_settings: { default_payment_method: null },
      ...fields,
    };
    this.customers.set(customer.id, customer);
    this.record('customer.created', customer);
    return customer;
  }

  subscribe({ customer, plan, interval = 'month', trialDays = 0, status, metadata }: NewSubscription) {
    const now = this.now();
    const trialEnd = trialDays > 0 ? now + trialDays * DAY : null;
    const end = trialEnd ?? now + (interval === 'month' ? 30 : 365) * DAY;
    const subscription: StripeSubscription = {
      id: this.newId('sub'),
      object: 'subscription',
      customer,
      status: status ?? (trialEnd === null ? 'active' : 'trialing'),
      metadata: metadata ?? { plan },
      items: { object: 'list', data: [], has_more: false, url: '/v1/subscription_items' },
      created: now,
      start_date: now,
      billing_cycle_anchor: trialEnd ?? now,
      trial_start: trialEnd === null ? null : now,
      trial_end: trialEnd,
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: null,
      ended_at: null,
      collection_method: 'charge_automatically',
      default_payment_method: null,
      latest_invoice: null,
    };
    const period = { current_period_start: now, current_period_end: end };
    subscription.items.data = [
      { id: this.newId('si'), object: 'subscription_item', quantity: 1, price: planPrice(plan, interval), ...period },
      { id: this.newId('si'), object: 'subscription_item', price: overagePrice(plan), ...period },
    ];
    this.subscriptions.set(subscription.id, subscription);
    this.record('customer.subscription.created', subscription);
    return subscription;
  }

  /** Changes a subscription and records `customer.subscription.updated`. */
  change(id: string, fields: Partial<StripeSubscription>): StripeSubscription {
    const subscription = Object.assign(this.subscription(id), fields);
    this.record('customer.subscription.updated', subscription);
    return subscription;
  }

  /** Ends a subscription at once. */
  end(id: string): StripeSubscription {
    const now = this.now();
    const subscription = Object.assign(this.subscription(id), { status: 'canceled', canceled_at: now, ended_at: now });
    this.record('customer.subscription.deleted', subscription);
    return subscription;
  }

  /** The trial is near its end. */
  trialWillEnd(id: string): StripeEvent {
    return this.record('customer.subscription.trial_will_end', this.subscription(id));
  }

  /** A new invoice of the subscription that is not collected yet. */
  bill(id: string): StripeInvoice {
    const { customer, items, collection_method, metadata } = this.subscription(id);
    const amount = items.data[0]?.price.unit_amount ?? 0;
    const invoiceId = this.newId('in');
    const invoice: StripeInvoice = {
      id: invoiceId,
      object: 'invoice',
      customer,
      status: 'open',
      currency: 'usd',
      amount_due: amount,
      amount_paid: 0,
      amount_remaining: amount,
      total: amount,
      number: `N-${this.#count}`,
      created: this.now(),
      due_date: null,
      attempt_count: 0,
      attempted: false,
      auto_advance: true,
      billing_reason: 'subscription_cycle',
      collection_method,
      hosted_invoice_url: `https://invoice.stripe.example/${invoiceId}`,
      invoice_pdf: `https://invoice.stripe.example/${invoiceId}/pdf`,
      parent: { type: 'subscription_details', subscription_details: { subscription: id, metadata } },
    };
    this.invoices.set(invoiceId, invoice);
    this.subscription(id).latest_invoice = invoiceId;
    this.record('invoice.finalized', invoice);
    return invoice;
  }

  /** Collecting the invoice fails: the subscription is late. */
  paymentFails(invoiceId: string): void {
    const invoice = this.invoice(invoiceId);
    Object.assign(invoice, { attempted: true, attempt_count: invoice.attempt_count + 1 });
    this.record('invoice.payment_failed', invoice);
    this.change(subscriptionOf(invoice), { status: 'past_due' });
  }

  /** The invoice is paid: the subscription is in order again. */
  paymentSucceeds(invoiceId: string): void {
    const invoice = this.invoice(invoiceId);
    const paid = { amount_paid: invoice.amount_due, amount_remaining: 0, attempt_count: invoice.attempt_count + 1 };
    Object.assign(invoice, { status: 'paid', attempted: true, ...paid });
    this.record('invoice.paid', invoice);
    this.record('invoice.payment_succeeded', invoice);
    this.change(subscriptionOf(invoice), { status: 'active' });
  }

  subscription(id: string): StripeSubscription {
    return known(this.subscriptions.get(id), id);
  }

  invoice(id: string): StripeInvoice {
    return known(this.invoices.get(id), id);
  }
}

const subscriptionOf = (invoice: StripeInvoice): string => invoice.parent.subscription_details.subscription;

function known<T>(found: T | undefined, id: string): T {
  if (found === undefined) throw new Error(`The fake Stripe has no ${id}`);
  return found;
}
