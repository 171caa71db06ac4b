import { listOf, textOf, textsOf } from './form-body.js';
import type { Form, FormValue } from './form-body.js';
import type { StripeAnswer, StripeRoute } from './stripe-answers.js';
import { failure } from './stripe-answers.js';
import type { StripeBook } from './stripe-book.js';
import type { StripeMeter, StripePrice, StripeProduct } from './stripe-objects.js';

const ok = (body: object): StripeAnswer => ({ status: 200, body });
const list = (url: string, data: readonly object[]): StripeAnswer => ok({ object: 'list', url, data, has_more: false });

function putProduct(book: StripeBook, product: StripeProduct, form: Form): StripeAnswer {
  const { name = product.name, active } = textsOf(form);
  const metadata = { ...product.metadata, ...textsOf(form['metadata']) };
  Object.assign(product, { name, metadata, ...(active !== undefined && { active: active === 'true' }) });
  book.products.set(product.id, product);
  return ok(product);
}

function makePrice(book: StripeBook, form: Form): StripeAnswer {
  const texts = textsOf(form);
  const recurring = textsOf(form['recurring']);
  const key = texts['lookup_key'] ?? null;
  for (const other of book.prices.values()) {
    if (key === null || other.lookup_key !== key) continue;
    if (texts['transfer_lookup_key'] !== 'true')
      return failure(400, 'invalid_request_error', 'The lookup key is taken');
    other.lookup_key = null;
  }
  const price: StripePrice = {
    id: book.newId('price'),
    object: 'price',
    active: true,
    product: texts['product'] ?? '',
    currency: texts['currency'] ?? '',
    unit_amount: texts['unit_amount'] === undefined ? null : Number(texts['unit_amount']),
    metadata: textsOf(form['metadata']),
    lookup_key: key,
    recurring: {
      interval: recurring['interval'] === 'year' ? 'year' : 'month',
      interval_count: 1,
      usage_type: recurring['usage_type'] === 'metered' ? 'metered' : 'licensed',
      meter: recurring['meter'] ?? null,
    },
    ...(form['tiers'] !== undefined && { tiers: listOf(form['tiers']).map(tierOf) }),
  };
  book.prices.set(price.id, price);
  return ok(price);
}

function tierOf(value: FormValue) {
  const { up_to, unit_amount, unit_amount_decimal } = textsOf(value);
  const decimal = unit_amount_decimal ?? unit_amount ?? null;
  return {
    up_to: up_to === 'inf' ? null : Number(up_to),
    unit_amount: unit_amount === undefined ? null : Number(unit_amount),
    unit_amount_decimal: decimal,
  };
}

/** What is sold. */
export const STRIPE_CATALOGUE_ROUTES: readonly StripeRoute[] = [
  [
    'GET',
    /^\/v1\/products\/([^/]+)$/,
    (book, { ids: [id = ''] }) => {
      const found = book.products.get(id);
      return found ? ok(found) : failure(404, 'invalid_request_error', `No such product: '${id}'`, 'resource_missing');
    },
  ],
  [
    'POST',
    /^\/v1\/products$/,
    (book, { form }) => {
      const id = textOf(form['id']) ?? book.newId('prod');
      return putProduct(book, { id, object: 'product', name: '', active: true, metadata: {} }, form);
    },
  ],
  [
    'POST',
    /^\/v1\/products\/([^/]+)$/,
    (book, { ids: [id = ''], form }) => {
      const found = book.products.get(id);
      return found ? putProduct(book, found, form) : failure(404, 'invalid_request_error', 'No such product');
    },
  ],
  ['POST', /^\/v1\/prices$/, (book, { form }) => makePrice(book, form)],
  [
    'POST',
    /^\/v1\/prices\/([^/]+)$/,
    (book, { ids: [id = ''], form }) => {
      const found = book.prices.get(id);
      if (found === undefined) return failure(404, 'invalid_request_error', 'No such price');
      return ok(Object.assign(found, { active: textOf(form['active']) !== 'false' }));
    },
  ],
  ['GET', /^\/v1\/billing\/meters$/, (book) => list('/v1/billing/meters', [...book.meters.values()])],
  [
    'POST',
    /^\/v1\/billing\/meters$/,
    (book, { form }) => {
      const id = book.newId('mtr');
      const meter: StripeMeter = {
        id,
        object: 'billing.meter',
        event_name: textOf(form['event_name']) ?? '',
        status: 'active',
      };
      book.meters.set(id, meter);
      return ok(meter);
    },
  ],
];
