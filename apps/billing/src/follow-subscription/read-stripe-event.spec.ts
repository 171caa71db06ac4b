import { describe, expect, it } from '@jest/globals';
import { readStripeEvent } from './read-stripe-event.js';

const read = (type: string, object: object) => readStripeEvent({ id: 'evt_1', type, data: { object } });

describe('Whom an event of Stripe is about', () => {
  it.each([
    [
      'checkout.session.completed',
      {
        object: 'checkout.session',
        id: 'cs_1',
        mode: 'subscription',
        customer: 'cus_1',
        client_reference_id: 'account:1',
      },
      { customerId: 'cus_1', accountId: 'account:1', invoiceId: undefined },
    ],
    [
      'customer.subscription.updated',
      {
        object: 'subscription',
        id: 'sub_1',
        customer: { id: 'cus_1' },
        metadata: { account_id: 'account:1', plan: 'x' },
      },
      { customerId: 'cus_1', accountId: 'account:1' },
    ],
    [
      'invoice.payment_failed',
      {
        object: 'invoice',
        id: 'in_1',
        customer: 'cus_1',
        metadata: {},
        parent: { type: 'subscription_details', subscription_details: { metadata: { account_id: 'account:1' } } },
      },
      { customerId: 'cus_1', accountId: 'account:1', invoiceId: 'in_1' },
    ],
    ['invoice.voided', { object: 'invoice', id: 'in_1', customer: 'cus_1', parent: null }, { invoiceId: 'in_1' }],
    ['customer.deleted', { object: 'customer', id: 'cus_1' }, { customerId: 'cus_1', customerDeleted: true }],
    [
      'payment_method.automatically_updated',
      { object: 'payment_method', id: 'pm_1', customer: 'cus_1' },
      { customerId: 'cus_1', accountId: undefined, customerDeleted: false },
    ],
  ])('%s', (type, object, expected) => {
    expect(read(type, object)).toMatchObject({ eventId: 'evt_1', type, ...expected });
  });

  it.each([
    ['another kind of event', 'charge.refunded', { object: 'charge', id: 'ch_1', customer: 'cus_1' }],
    ['a checkout of something else', 'checkout.session.completed', { object: 'checkout.session', mode: 'payment' }],
    ['what cannot be read', 'invoice.paid', { id: 5 }],
  ])('is nobody for %s', (_name, type, object) => {
    expect(read(type, object)).toBeUndefined();
  });
});
