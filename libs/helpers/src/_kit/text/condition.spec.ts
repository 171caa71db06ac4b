import { expect, test } from '@jest/globals';
import { conditionHolds, type ConditionOperator } from './condition.js';

test.each<[ConditionOperator, string, string, boolean]>([
  ['equals', 'a', 'a', true],
  ['equals', 'A', 'a', false],
  ['equals', '', '', true],
  ['not_equals', '', 'a', true],
  ['contains', 'abc', 'b', true],
  ['contains', 'abc', '', false],
  ['contains', '', '', false],
  ['not_contains', '', 'a', true],
  ['not_contains', 'abc', 'b', false],
  ['exists', 'x', '', true],
  ['exists', '', '', false],
  ['not_exists', '', '', true],
])('%s of %p and %p is %p', (operator, actual, expected, holds) => {
  expect(conditionHolds(operator, actual, expected)).toBe(holds);
});
