/** Comparisons of configured conditions; text, letter case counts. */
export const CONDITION_OPERATORS = [
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'exists',
  'not_exists',
] as const;
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

/**
 * @param actual text of the field, '' when it is missing or empty
 * @param expected the configured value
 */
export function conditionHolds(operator: ConditionOperator, actual: string, expected: string): boolean {
  const contains = actual !== '' && expected !== '' && actual.includes(expected);
  switch (operator) {
    case 'equals':
      return actual === expected;
    case 'not_equals':
      return actual !== expected;
    case 'contains':
      return contains;
    case 'not_contains':
      return !contains;
    case 'exists':
      return actual !== '';
    case 'not_exists':
      return actual === '';
  }
}
