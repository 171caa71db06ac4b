import { expect, it } from '@jest/globals';
import { cursorOf, stateOfCursor } from './cursor.js';

const query = { email: 'Ada@example.com', filters: { city: 'Leeds', zip: '1' }, order_by: '-id', tag_id: '7' };
const keap = { vendor: 'keap', query };
const cursor = cursorOf(keap, 'token-€');

it('gives the state back, however the question is spelt and whatever the page is', () => {
  const same = { ...query, email: 'ada@EXAMPLE.com', filters: { zip: '1', city: 'Leeds' }, limit: 5, cursor };
  expect(stateOfCursor({ vendor: 'keap', query: same }, cursor)).toBe('token-€');
});

it.each([
  ['another vendor', { ...keap, vendor: 'hubspot' }],
  ['another address', { ...keap, query: { ...query, email: 'ben@example.com' } }],
  ['another order', { ...keap, query: { ...query, order_by: 'id' } }],
  ['another tag', { ...keap, query: { ...query, tag_id: '8' } }],
  ['another filter', { ...keap, query: { ...query, filters: { city: 'York', zip: '1' } } }],
  ['no filter', { ...keap, query: { ...query, filters: {} } }],
])('knows the cursor of %s', (_name, options) => {
  expect(stateOfCursor(options, cursor)).toBeUndefined();
});

it('knows a broken cursor wherever it is broken', () => {
  for (let at = 0; at < cursor.length; at += 1) {
    const other = cursor[at] === 'x' ? 'y' : 'x';
    expect(stateOfCursor(keap, cursor.slice(0, at) + other + cursor.slice(at + 1))).toBeUndefined();
    expect(stateOfCursor(keap, cursor.slice(0, at))).toBeUndefined();
  }
  for (const foreign of ['', ' ', `${cursor} `, `${cursor}A`, '€', cursorOf(keap, '')]) {
    expect(stateOfCursor(keap, foreign)).toBeUndefined();
  }
});
