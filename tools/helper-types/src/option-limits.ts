import type { ConfigSchema } from '#helpers';

type Bound = readonly [keyword: string, text: (value: unknown) => string];

const BOUNDS: readonly Bound[] = [
  ['minimum', (value) => `at least ${String(value)}`],
  ['exclusiveMinimum', (value) => `more than ${String(value)}`],
  ['maximum', (value) => `at most ${String(value)}`],
  ['exclusiveMaximum', (value) => `less than ${String(value)}`],
  ['minItems', (value) => (value === 0 ? '' : `at least ${String(value)} of them`)],
  ['maxItems', (value) => `at most ${String(value)} of them`],
  ['maxLength', (value) => `at most ${String(value)} characters`],
];

/** Bounds that only say that a number is one that programs can hold. */
const isReal = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;

function boundsOf(path: string, schema: ConfigSchema): string[] {
  const texts = BOUNDS.filter(([keyword]) => isReal(schema[keyword]))
    .map(([keyword, text]) => text(schema[keyword]))
    .filter((text) => text !== '');
  const own = texts.length === 0 ? [] : [`- \`${path}\`: ${texts.join(', ')}`];
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, option]) => boundsOf(`${path}.${key}`, option));
  return [...own, ...below, ...(schema.items === undefined ? [] : boundsOf(`${path}[]`, schema.items))];
}

/** The limits that a configuration schema sets, as Markdown list items. */
export const optionLimits = ({ properties = {} }: ConfigSchema): string[] =>
  Object.entries(properties).flatMap(([key, option]) => boundsOf(key, option));
