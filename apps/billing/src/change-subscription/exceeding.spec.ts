import { expect, it } from '@jest/globals';
import { planOf } from '../domain/plans.js';
import { exceeding } from './exceeding.js';

const counts = { helpers: 12, connections: 5, api_keys: 2, team_members: 1 };

it('names what a smaller plan has no room for', () => {
  expect(exceeding(counts, planOf('grow'), planOf('start'))).toEqual([
    { resource: 'helpers', used: 12, limit: 10 },
    { resource: 'connections', used: 5, limit: 2 },
  ]);
});

it('lets what fits exactly pass, and counts unlimited as more than any number', () => {
  const fitting = { ...counts, helpers: 50, connections: 5 };
  expect(exceeding(fitting, planOf('deliver'), planOf('grow'))).toEqual([]);
  const more = { ...fitting, helpers: 51 };
  expect(exceeding(more, planOf('deliver'), planOf('grow'))).toEqual([{ resource: 'helpers', used: 51, limit: 50 }]);
});

it('never keeps an account from a larger plan, nor from another rhythm of the same', () => {
  const crowded = { helpers: 900, connections: 900, api_keys: 900, team_members: 900 };
  expect(exceeding(crowded, planOf('start'), planOf('grow'))).toEqual([]);
  expect(exceeding(crowded, planOf('start'), planOf('start'))).toEqual([]);
});
