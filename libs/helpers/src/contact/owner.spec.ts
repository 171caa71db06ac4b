import { expect, test } from '@jest/globals';
import { firstOwner } from './owner.js';

test.each([
  [{ owner_ids: ' 1, 2' }, { owner_id: '1' }],
  [
    { mode: 'specific', owner_ids: [7, 8] },
    { mode: 'specific', owner_id: 7 },
  ],
  [{ owner_ids: [], owner_id: '' }, { owner_id: '' }],
  [
    { owner_id: '5', owner_ids: '1' },
    { owner_id: '5', owner_ids: '1' },
  ],
  [
    { mode: 'round_robin', owner_ids: '1,2' },
    { mode: 'round_robin', owner_ids: '1,2' },
  ],
])('%j becomes %j', (raw, expected) => {
  expect(firstOwner(raw)).toEqual(expected);
});
