import { matched, show, type MatchContext } from './matchers.js';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sameInstant(expected: unknown, actual: unknown): boolean {
  return (
    typeof expected === 'string' &&
    typeof actual === 'string' &&
    INSTANT.test(expected) &&
    INSTANT.test(actual) &&
    Date.parse(expected) === Date.parse(actual)
  );
}

export interface Comparison extends MatchContext {
  /** Paths whose value is free; `*` stands for any key. */
  free?: readonly string[];
  /** More keys than expected are allowed on the outermost object. */
  open?: boolean;
}

const toSegments = (path: string): string[] => path.replace(/\[(\d+)\]/g, '.$1').split('.');

function isFree(path: string, free: readonly string[]): boolean {
  const segments = toSegments(path);
  return free.some((pattern) => {
    const wanted = toSegments(pattern);
    return wanted.length === segments.length && wanted.every((part, i) => part === '*' || part === segments[i]);
  });
}

/**
 * Compares by the rules of the vectors: numbers by value, instants by point in time, other text exactly, objects by
 * their keys, matchers by what they say.
 * @returns one sentence for each difference, with its path
 */
export function compareValues(expected: unknown, actual: unknown, path: string, comparison: Comparison = {}): string[] {
  if (isFree(path, comparison.free ?? [])) return [];
  const inner = (wanted: unknown, found: unknown, at = path): string[] =>
    compareValues(wanted, found, at, { ...comparison, open: false });
  const byMatcher = matched(expected, actual, comparison, (wanted, found) => inner(wanted, found, ''));
  if (byMatcher !== null) return byMatcher.map((problem) => `${path} ${problem}`.trim());

  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return different(path, expected, actual);
    return expected.flatMap((item, index) => inner(item, actual[index], `${path}[${index}]`));
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return different(path, expected, actual);
    const added = comparison.open === true ? [] : Object.keys(actual).filter((key) => !Object.hasOwn(expected, key));
    return [
      ...Object.entries(expected).flatMap(([key, value]) => inner(value, actual[key], `${path}.${key}`)),
      ...added
        .filter((key) => actual[key] !== undefined)
        .map((key) => `${path}.${key} should not be there, but is ${show(actual[key])}`),
    ];
  }
  const equal = expected === actual || (expected === null && actual === undefined) || sameInstant(expected, actual);
  return equal ? [] : different(path, expected, actual);
}

const different = (path: string, expected: unknown, actual: unknown): string[] => [
  `${path} should be ${show(expected)}, but is ${show(actual)}`,
];

/** The same as lists, in any order. */
export function compareUnordered(
  expected: readonly unknown[],
  actual: readonly unknown[],
  path: string,
  comparison: Comparison = {},
): string[] {
  const left = [...actual];
  const missing = expected.filter((wanted) => {
    const found = left.findIndex((each) => compareValues(wanted, each, path, comparison).length === 0);
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
  return [
    ...missing.map((each) => `${path} lacks ${show(each)}`),
    ...left.map((each) => `${path} has ${show(each)} too many`),
  ];
}
