import { expect, test } from '@jest/globals';
import { compareSnapshots } from './compare-snapshots.js';

const tag = (id: string) => ({ id, name: `Tag ${id}` });

test('tells fields and tags that changed', () => {
  const from = {
    timestamp: 1,
    email: 'a@example.com',
    phone: '1',
    custom_fields: { tier: 'Gold' },
    tags: [tag('1'), tag('2')],
    tag_count: 2,
  };
  const to = {
    timestamp: 2,
    email: 'a@example.com',
    phone: '',
    custom_fields: { n: [1] },
    tags: [tag('2'), tag('3')],
    tag_count: 2,
  };
  expect(compareSnapshots(from, to)).toEqual({
    fields: [
      { field: 'custom_fields.n', from: null, to: [1] },
      { field: 'custom_fields.tier', from: 'Gold', to: null },
      { field: 'phone', from: '1', to: '' },
    ],
    tags_added: [tag('3')],
    tags_removed: [tag('1')],
  });
});

test('what one of them did not keep is no change', () => {
  const full = { email: 'a', custom_fields: { tier: 'Gold' }, tags: [tag('1')] };
  expect(compareSnapshots(full, { email: 'a' })).toEqual({ fields: [], tags_added: [], tags_removed: [] });
});

test('lists are compared by their content', () => {
  expect(compareSnapshots({ a: ['x'] }, { a: ['x'] }).fields).toEqual([]);
});
