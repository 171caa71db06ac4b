import { expect, test } from '@jest/globals';
import { maskedPaymentMethod } from './masked.js';

test('only what recognises a payment method is kept', () => {
  const method = {
    payment_method_id: '123456789012',
    card_type: 'VISA',
    last_four: '4242',
    name: 'Visa 4242 4242 4242 4242',
    card_number: '4242424242424242',
    account: { number: '1' },
    create_time: '2026-01-01T00:00:00Z',
  };
  expect(maskedPaymentMethod(method)).toEqual({
    payment_method_id: '123456789012',
    card_type: 'VISA',
    last_four: '4242',
    name: 'Visa ****4242',
    create_time: '2026-01-01T00:00:00Z',
  });
});
