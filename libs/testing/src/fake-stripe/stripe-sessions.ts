import { textOf, textsOf } from './form-body.js';
import type { Form } from './form-body.js';
import type { StripeAnswer, StripeRoute } from './stripe-answers.js';
import { failure } from './stripe-answers.js';
import type { StripeBook } from './stripe-book.js';
import type { StripeCheckout } from './stripe-objects.js';

const ok = (body: object): StripeAnswer => ({ status: 200, body });

function openCheckout(book: StripeBook, form: Form): StripeAnswer {
  const texts = textsOf(form);
  const [line] = Object.values(form['line_items'] ?? {});
  const planned = form['subscription_data'];
  const id = book.newId('cs_test');
  const checkout: StripeCheckout = {
    id,
    object: 'checkout.session',
    mode: texts['mode'] ?? 'payment',
    status: 'open',
    url: `https://checkout.stripe.example/${id}`,
    customer: texts['customer'] ?? null,
    subscription: null,
    client_reference_id: texts['client_reference_id'] ?? null,
    metadata: textsOf(form['metadata']),
    success_url: texts['success_url'] ?? null,
    cancel_url: texts['cancel_url'] ?? null,
    created: book.now(),
    order: {
      metadata: typeof planned === 'object' && !Array.isArray(planned) ? textsOf(planned['metadata']) : {},
      trialDays: Number(textsOf(planned)['trial_period_days'] ?? 0),
      price: textsOf(line)['price'] ?? '',
    },
  };
  book.checkouts.set(id, checkout);
  return ok(checkout);
}

/** The payer finished a page of checkout: the subscription comes to be, then the page is told to be complete. */
export function completeCheckout(book: StripeBook, id: string): StripeCheckout {
  const checkout = book.checkouts.get(id);
  if (checkout?.customer === null || checkout === undefined) throw new Error(`The fake Stripe has no checkout ${id}`);
  const { metadata, trialDays, price } = checkout.order;
  const sold = book.prices.get(price);
  const subscription = book.subscribe({
    customer: checkout.customer,
    plan: sold?.metadata['plan'] ?? '',
    interval: sold?.recurring.interval ?? 'month',
    trialDays,
    metadata,
  });
  Object.assign(checkout, { status: 'complete', subscription: subscription.id });
  book.record('checkout.session.completed', checkout);
  return checkout;
}

/** Pages of Stripe that payers are sent to. */
export const STRIPE_SESSION_ROUTES: readonly StripeRoute[] = [
  ['POST', /^\/v1\/checkout\/sessions$/, (book, { form }) => openCheckout(book, form)],
  [
    'GET',
    /^\/v1\/checkout\/sessions\/([^/]+)$/,
    (book, { ids: [id = ''] }) => {
      const checkout = book.checkouts.get(id);
      return checkout === undefined
        ? failure(404, 'invalid_request_error', `No such checkout.session: '${id}'`, 'resource_missing')
        : ok(checkout);
    },
  ],
  [
    'POST',
    /^\/v1\/billing_portal\/sessions$/,
    (book, { form }) => {
      const id = book.newId('bps');
      const returnUrl = textOf(form['return_url']) ?? null;
      const url = `https://billing.stripe.example/${id}`;
      return ok({ id, object: 'billing_portal.session', url, return_url: returnUrl, customer: form['customer'] });
    },
  ],
];
