import { listOf, textsOf } from './form-body.js';
import type { Form } from './form-body.js';
import type { StripeAnswer, StripeRoute } from './stripe-answers.js';
import { failure } from './stripe-answers.js';
import type { StripeBook } from './stripe-book.js';

/** What a change would cost at this moment: the new price for what is left, less the old one. */
function preview(book: StripeBook, form: Form): StripeAnswer {
  const subscription = book.subscriptions.get(textsOf(form)['subscription'] ?? '');
  const [first] = subscription?.items.data ?? [];
  const details = form['subscription_details'];
  const [item] = typeof details === 'object' && !Array.isArray(details) ? listOf(details['items']) : [];
  const price = book.prices.get(textsOf(item)['price'] ?? '');
  if (subscription === undefined || first === undefined || price === undefined) {
    return failure(404, 'invalid_request_error', 'No such subscription or price', 'resource_missing');
  }
  const lines = [
    [`Unused time on ${first.price.id}`, -(first.price.unit_amount ?? 0)] as const,
    [`Remaining time on ${price.id}`, price.unit_amount ?? 0] as const,
  ];
  const period = { start: first.current_period_start, end: first.current_period_end };
  const data = lines.map(([description, amount]) => ({
    object: 'line_item',
    description,
    amount,
    period,
    parent: { type: 'subscription_item_details', subscription_item_details: { proration: true } },
  }));
  const due = lines.reduce((sum, [, amount]) => sum + amount, 0);
  return {
    status: 200,
    body: { object: 'invoice', currency: 'usd', amount_due: due, lines: { object: 'list', data } },
  };
}

/** Invoices that are only calculated. */
export const STRIPE_PREVIEW_ROUTES: readonly StripeRoute[] = [
  ['POST', /^\/v1\/invoices\/create_preview$/, (book, { form }) => preview(book, form)],
];
