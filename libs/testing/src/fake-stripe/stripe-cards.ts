import { textOf } from './form-body.js';
import type { StripeAnswer, StripeRoute } from './stripe-answers.js';
import { failure } from './stripe-answers.js';
import type { StripeBook } from './stripe-book.js';
import type { StripeCard } from './stripe-objects.js';

const ok = (body: object): StripeAnswer => ({ status: 200, body });
const missing = (id: string): StripeAnswer =>
  failure(404, 'invalid_request_error', `No such PaymentMethod: '${id}'`, 'resource_missing');

/** The customer adds a card on a page of Stripe. */
export function addCard(book: StripeBook, customer: string, last4: string): StripeCard {
  const card = { brand: 'visa', last4, exp_month: 12, exp_year: 2099 };
  const added: StripeCard = { id: book.newId('pm'), object: 'payment_method', type: 'card', customer, card };
  book.cards.set(added.id, added);
  return added;
}

/** Cards of customers. */
export const STRIPE_CARD_ROUTES: readonly StripeRoute[] = [
  [
    'POST',
    /^\/v1\/setup_intents$/,
    (book, { form }) => {
      const id = book.newId('seti');
      const customer = textOf(form['customer']) ?? null;
      return ok({
        id,
        object: 'setup_intent',
        client_secret: `${id}_secret`,
        customer,
        status: 'requires_payment_method',
      });
    },
  ],
  [
    'GET',
    /^\/v1\/payment_methods$/,
    (book, { form }) => {
      const data = [...book.cards.values()].filter(({ customer }) => customer === textOf(form['customer']));
      return ok({ object: 'list', url: '/v1/payment_methods', data, has_more: false });
    },
  ],
  [
    'GET',
    /^\/v1\/customers\/([^/]+)\/payment_methods\/([^/]+)$/,
    (book, { ids: [customer = '', id = ''] }) => {
      const card = book.cards.get(id);
      return card?.customer === customer ? ok(card) : missing(id);
    },
  ],
  [
    'POST',
    /^\/v1\/payment_methods\/([^/]+)\/detach$/,
    (book, { ids: [id = ''] }) => {
      const card = book.cards.get(id);
      if (card === undefined) return missing(id);
      card.customer = null;
      return ok(card);
    },
  ],
];
