import { expect, test } from '@jest/globals';
import { atPayloadPath, byRewrittenKey } from './payload-path.js';

const payload = { order: { id: 'o-1', items: [{ sku: 'a' }, { sku: 'b' }] }, orderId: 7, 'a.b': 'dotted', none: null };

test.each([
  ['order.id', '.', 'o-1'],
  ['order.items.1.sku', '.', 'b'],
  ['.order..id.', '.', 'o-1'],
  ['order->id', '->', 'o-1'],
  ['a.b', '/', 'dotted'],
  ['order_id', '.', 7],
  ['none', '.', null],
  ['order.id.deeper', '.', undefined],
  ['missing', '.', undefined],
  ['toString', '.', undefined],
  ['', '.', undefined],
])('%s split at %s', (path, separator, value) => {
  expect(atPayloadPath(payload, path, separator)).toEqual(value);
});

test('a key of a map is found as it is, or as clients rewrite it', () => {
  expect(byRewrittenKey({ Order_Created: 'a' }, 'Order_Created')).toBe('a');
  expect(byRewrittenKey({ _order__created: 'b' }, 'Order_Created')).toBe('b');
  expect(byRewrittenKey({ 'order.created': 'c' }, 'Order.Created')).toBeUndefined();
  expect(byRewrittenKey({}, 'constructor')).toBeUndefined();
});
