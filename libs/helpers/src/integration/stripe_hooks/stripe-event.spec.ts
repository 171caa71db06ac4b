import { expect, test } from '@jest/globals';
import { readStripeEvent } from './stripe-event.js';

const event = (object: unknown) => ({ id: 'evt_1', type: 'charge.succeeded', data: { object } });

test.each([
  ['of the payment', { billing_details: { email: 'a@x.io', name: 'A B' }, receipt_email: 'b@x.io' }, 'a@x.io', 'A B'],
  ['of the receipt', { billing_details: { email: null }, receipt_email: 'b@x.io' }, 'b@x.io', ''],
  ['of the invoice', { customer_email: 'c@x.io', customer_name: 'C' }, 'c@x.io', 'C'],
  ['of the customer', { object: 'customer', id: 'cus_1', email: 'd@x.io', name: 'D' }, 'd@x.io', 'D'],
  ['nowhere', { customer: 'cus_2' }, '', ''],
])('the address %s', (_, object, email, name) => {
  expect(readStripeEvent(event(object))).toMatchObject({ id: 'evt_1', type: 'charge.succeeded', email, name });
});

test('the customer is an id or an object', () => {
  expect(readStripeEvent(event({ customer: 'cus_2' }))?.customerId).toBe('cus_2');
  expect(readStripeEvent(event({ customer: { id: 'cus_3' } }))?.customerId).toBe('cus_3');
  expect(readStripeEvent(event(null))?.customerId).toBe('');
});

test('other input is no event', () => {
  expect(readStripeEvent({})).toBeNull();
  expect(readStripeEvent({ type: ' ' })).toBeNull();
});
