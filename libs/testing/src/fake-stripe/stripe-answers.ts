import { listOf, textOf, textsOf } from './form-body.js';
import type { Form } from './form-body.js';
import type { StripeBook } from './stripe-book.js';
import type { StripeCustomer, StripeSubscription } from './stripe-objects.js';

export interface StripeAnswer {
  status: number;
  body: object;
}

/** One request of the API: the parts of its path that vary, and its parameters from the query or the body. */
export interface StripeCall {
  ids: readonly string[];
  form: Form;
}

export type StripeRoute = readonly [
  method: 'GET' | 'POST' | 'DELETE',
  path: RegExp,
  answer: (book: StripeBook, call: StripeCall) => StripeAnswer,
];

const ok = (body: object): StripeAnswer => ({ status: 200, body });

export const failure = (status: number, type: string, message: string, code?: string): StripeAnswer => ({
  status,
  body: { error: { type, message, ...(code !== undefined && { code }) } },
});

const missing = (what: string, id = ''): StripeAnswer =>
  failure(404, 'invalid_request_error', `No such ${what}: '${id}'`, 'resource_missing');

const list = (url: string, all: readonly object[], form: Form): StripeAnswer => {
  const limit = Number(textOf(form['limit']) ?? 10);
  return ok({ object: 'list', url, data: all.slice(0, limit), has_more: all.length > limit });
};

/** The newest first, as every list of Stripe. */
const newest = <T extends { created: number; id: string }>(all: Iterable<T>): T[] =>
  [...all].sort((a, b) => b.created - a.created || b.id.localeCompare(a.id));

const one = (what: string, found: object | undefined, id: string | undefined): StripeAnswer =>
  found === undefined ? missing(what, id) : ok(found);

function putCustomer(book: StripeBook, customer: StripeCustomer, form: Form): StripeAnswer {
  const { email, name } = textsOf(form);
  const standard = textsOf(form['invoice_settings'])['default_payment_method'];
  Object.assign(customer, {
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
    metadata: { ...customer.metadata, ...textsOf(form['metadata']) },
    ...(standard !== undefined && { invoice_settings: { default_payment_method: standard } }),
  });
  return ok(customer);
}

function deleteCustomer(book: StripeBook, id: string): StripeAnswer {
  const customer = book.customers.get(id);
  if (customer === undefined || customer.deleted) return missing('customer', id);
  for (const subscription of book.subscriptions.values()) {
    if (subscription.customer === id && subscription.status !== 'canceled') book.end(subscription.id);
  }
  customer.deleted = true;
  book.record('customer.deleted', customer);
  return ok({ id, object: 'customer', deleted: true });
}

function changeSubscription(book: StripeBook, subscription: StripeSubscription, form: Form): StripeAnswer {
  const { cancel_at_period_end: atEnd, default_payment_method } = textsOf(form);
  for (const item of listOf(form['items'])) putItem(book, subscription, textsOf(item));
  const end = subscription.items.data[0]?.current_period_end ?? null;
  const changed = book.change(subscription.id, {
    metadata: { ...subscription.metadata, ...textsOf(form['metadata']) },
    ...(default_payment_method !== undefined && { default_payment_method }),
    ...(atEnd !== undefined && {
      cancel_at_period_end: atEnd === 'true',
      cancel_at: atEnd === 'true' ? end : null,
      canceled_at: atEnd === 'true' ? book.now() : null,
    }),
  });
  return ok(changed);
}

/** Without an id it is a further item, with the period of the first. */
function putItem(book: StripeBook, { items }: StripeSubscription, { id, price }: Record<string, string>): void {
  const wanted = price === undefined ? undefined : book.prices.get(price);
  const known = items.data.find((candidate) => candidate.id === id);
  const [first] = items.data;
  if (wanted === undefined || first === undefined) return;
  if (known) known.price = wanted;
  else items.data.push({ ...first, id: book.newId('si'), price: wanted });
}

/** The requests that the fake answers. */
export const STRIPE_ROUTES: readonly StripeRoute[] = [
  [
    'POST',
    /^\/v1\/customers$/,
    (book, { form }) => putCustomer(book, book.addCustomer({ metadata: textsOf(form['metadata']) }), form),
  ],
  ['GET', /^\/v1\/customers\/([^/]+)$/, (book, { ids: [id = ''] }) => one('customer', book.customers.get(id), id)],
  [
    'POST',
    /^\/v1\/customers\/([^/]+)$/,
    (book, { ids: [id = ''], form }) => {
      const customer = book.customers.get(id);
      return customer === undefined ? missing('customer', id) : putCustomer(book, customer, form);
    },
  ],
  ['DELETE', /^\/v1\/customers\/([^/]+)$/, (book, { ids: [id = ''] }) => deleteCustomer(book, id)],
  [
    'GET',
    /^\/v1\/subscriptions$/,
    (book, { form }) => {
      const { customer, status } = textsOf(form);
      if (customer !== undefined && !book.customers.has(customer)) return missing('customer', customer);
      const fits = (subscription: StripeSubscription): boolean =>
        (customer === undefined || subscription.customer === customer) &&
        (status === 'all' ||
          (status === undefined ? subscription.status !== 'canceled' : subscription.status === status));
      return list('/v1/subscriptions', newest(book.subscriptions.values()).filter(fits), form);
    },
  ],
  [
    'GET',
    /^\/v1\/subscriptions\/([^/]+)$/,
    (book, { ids: [id = ''] }) => one('subscription', book.subscriptions.get(id), id),
  ],
  [
    'POST',
    /^\/v1\/subscriptions\/([^/]+)$/,
    (book, { ids: [id = ''], form }) => {
      const subscription = book.subscriptions.get(id);
      return subscription === undefined ? missing('subscription', id) : changeSubscription(book, subscription, form);
    },
  ],
  [
    'DELETE',
    /^\/v1\/subscriptions\/([^/]+)$/,
    (book, { ids: [id = ''] }) => (book.subscriptions.has(id) ? ok(book.end(id)) : missing('subscription', id)),
  ],
  [
    'GET',
    /^\/v1\/invoices$/,
    (book, { form }) => {
      const { customer, subscription, status } = textsOf(form);
      const all = newest(book.invoices.values()).filter(
        (invoice) =>
          (customer === undefined || invoice.customer === customer) &&
          (subscription === undefined || invoice.parent.subscription_details.subscription === subscription) &&
          (status === undefined || invoice.status === status),
      );
      return list('/v1/invoices', all, form);
    },
  ],
  ['GET', /^\/v1\/invoices\/([^/]+)$/, (book, { ids: [id = ''] }) => one('invoice', book.invoices.get(id), id)],
  [
    'POST',
    /^\/v1\/invoices\/([^/]+)\/pay$/,
    (book, { ids: [id = ''] }) => {
      if (!book.invoices.has(id)) return missing('invoice', id);
      book.paymentSucceeds(id);
      return ok(book.invoice(id));
    },
  ],
  [
    'GET',
    /^\/v1\/prices$/,
    (book, { form }) => {
      const keys = listOf(form['lookup_keys']);
      const fits = (key: string | null): boolean => keys.length === 0 || (key !== null && keys.includes(key));
      return list(
        '/v1/prices',
        [...book.prices.values()].filter((price) => fits(price.lookup_key)),
        form,
      );
    },
  ],
];
