import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';

/** The first of these that the request that asked for the run names, as text. */
export function fromInput({ input }: Pick<RunContext<unknown>, 'input'>, ...keys: string[]): string | undefined {
  for (const key of keys) {
    const value = input[key];
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return fieldText(value);
  }
  return undefined;
}

/** A value inside nested objects and lists. */
export function atPath(value: unknown, path: string): unknown {
  let current = value;
  for (const key of path.split('.')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
