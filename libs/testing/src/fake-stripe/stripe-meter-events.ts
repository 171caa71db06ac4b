import { textsOf } from './form-body.js';
import type { Form } from './form-body.js';
import type { StripeAnswer, StripeRoute } from './stripe-answers.js';
import { failure } from './stripe-answers.js';
import type { StripeBook } from './stripe-book.js';
import type { StripeMeterEvent } from './stripe-objects.js';

/** Of one identifier the meter counts one event, and refuses the others. */
function countEvent(book: StripeBook, form: Form): StripeAnswer {
  const { event_name = '', identifier = '', timestamp } = textsOf(form);
  const payload = textsOf(form['payload']);
  if (!book.customers.has(payload['stripe_customer_id'] ?? '')) {
    return failure(400, 'invalid_request_error', 'The payload names no customer');
  }
  if (book.meterEvents.has(identifier)) {
    return failure(400, 'invalid_request_error', `An event already exists with identifier ${identifier}.`);
  }
  const created = book.now();
  const event: StripeMeterEvent = {
    object: 'billing.meter_event',
    event_name,
    identifier,
    payload,
    timestamp: Number(timestamp ?? created),
    created,
  };
  book.meterEvents.set(identifier, event);
  return { status: 200, body: event };
}

/** The requests about meters that the fake answers. */
export const STRIPE_METER_ROUTES: readonly StripeRoute[] = [
  ['POST', /^\/v1\/billing\/meter_events$/, (book, { form }) => countEvent(book, form)],
];
