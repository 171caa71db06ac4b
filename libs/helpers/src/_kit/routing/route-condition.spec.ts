import { expect, test } from '@jest/globals';
import type { ContactCrm } from '../crm/contact-crm.js';
import { routeCondition, routeConditionHolds } from './route-condition.js';

const fields: Readonly<Record<string, unknown>> = { plan: 'gold', total: '$1,000.00', none: null };
const crm = {
  readField: (key: string) => Promise.resolve(fields[key] ?? null),
  contact: () => Promise.resolve({ tags: [{ id: '7', name: 'Gold Member' }] }),
} as unknown as ContactCrm;

test.each([
  [{ field: 'plan', value: 'gold' }, true],
  [{ field: 'plan', value: 'Gold' }, false],
  [{ field: 'plan', operator: 'not_equals', value: 'gold' }, false],
  [{ field: 'plan', operator: 'contains', value: 'ol' }, true],
  [{ field: 'none', operator: 'not_exists' }, true],
  [{ field: 'none' }, true],
  [{ field: 'total', operator: 'gte', value: 1000 }, true],
  [{ field: 'total', operator: 'gt', value: '1,000' }, false],
  [{ field: 'total', operator: 'lt', value: '1000.01' }, true],
  [{ field: 'plan', operator: 'lte', value: 5 }, false],
  [{ field: 'none', operator: 'lt', value: 5 }, false],
  [{ tag: '7' }, true],
  [{ tag: ' gold member ' }, true],
  [{ tag: '7', has: false }, false],
  [{ tag: '8', has: false }, true],
])('%p: %s', async (condition, holds) => {
  expect(await routeConditionHolds(crm, routeCondition.parse(condition))).toBe(holds);
});

test.each([{ field: 'plan', operator: 'like', value: 'g' }, { value: 'x' }, {}, { tag: '' }])(
  '%p is none',
  (condition) => {
    expect(routeCondition.safeParse(condition).success).toBe(false);
  },
);
