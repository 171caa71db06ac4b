import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { condition } from './condition.js';

it('joins comparisons by AND', () => {
  const clauses: unknown = JSON.parse(
    condition([
      { field: 'email', value: 'a@b.c' },
      { field: 'city', value: 'Austin' },
    ]) ?? '',
  );
  expect(clauses).toEqual([
    { field: { field: 'email' }, op: '=', value: { value: 'a@b.c' } },
    'AND',
    { field: { field: 'city' }, op: '=', value: { value: 'Austin' } },
  ]);
  expect(condition([])).toBeUndefined();
});

it('keeps every value a value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const clauses: unknown = JSON.parse(condition([{ field: 'email', value }]) ?? '');
      expect(clauses).toEqual([{ field: { field: 'email' }, op: '=', value: { value } }]);
    }),
  );
});
