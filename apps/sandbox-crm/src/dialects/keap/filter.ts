import { one, type Form } from '../../server/form.js';
import { Refusal } from '../dialect.js';

export type Operator = '==' | '!=' | '>=' | '<=' | '>' | '<';

export interface Condition {
  field: string;
  operator: Operator;
  value: string;
}

/** Makes the test of one condition, or undefined when the field or the operator is not allowed. */
export type Criterion<T> = (condition: Condition) => ((item: T) => boolean) | undefined;

const CONDITION = /^\s*([\w.]+)\s*(==|!=|>=|<=|>|<)(.*)$/s;

/** Reads `filter=a==b;c>=d`. */
export function conditionsOf(query: Form): Condition[] {
  const filter = one(query, 'filter');
  if (filter === undefined) return [];
  const parts = filter.split(';').filter((part) => part.trim() !== '');
  return parts.map((part) => {
    const [, field, operator, value] = CONDITION.exec(part) ?? [];
    if (field === undefined || operator === undefined || value === undefined) {
      throw new Refusal(400, `filter: "${part}" is not a condition`, 'filter');
    }
    return { field, operator: operator as Operator, value: value.trim() };
  });
}

/** The items that meet every condition. `fallback` is asked for fields that have no criterion of their own. */
export function* filtered<T>(
  source: Iterable<T>,
  conditions: readonly Condition[],
  criteria: Readonly<Record<string, Criterion<T>>>,
  fallback: Criterion<T> = () => undefined,
): Generator<T> {
  const tests = conditions.map((condition) => {
    const test = (criteria[condition.field] ?? fallback)(condition);
    if (test !== undefined) return test;
    throw new Refusal(400, `filter: ${condition.field}${condition.operator} is not supported`, 'filter');
  });
  for (const item of source) if (tests.every((test) => test(item))) yield item;
}

/** Equality without case; a trailing `*` matches the beginning, the word NONE an empty value. */
export function byText<T>(read: (item: T) => string): Criterion<T> {
  return ({ operator, value }) => {
    if (operator !== '==') return undefined;
    if (value === 'NONE') return (item) => read(item) === '';
    const wanted = value.toLowerCase();
    if (!wanted.endsWith('*')) return (item) => read(item).toLowerCase() === wanted;
    const start = wanted.slice(0, -1);
    return (item) => read(item).toLowerCase().startsWith(start);
  };
}

export function byNumber<T>(read: (item: T) => number | undefined): Criterion<T> {
  return ({ operator, value }) => {
    const wanted = Number(value);
    if (value === '' || Number.isNaN(wanted)) return undefined;
    return (item) => {
      const actual = read(item);
      return actual !== undefined && holds(actual, operator, wanted);
    };
  };
}

/** One of a comma-separated list of ids. */
export function byIds<T>(read: (item: T) => string): Criterion<T> {
  return ({ operator, value }) => {
    if (operator !== '==') return undefined;
    const wanted = new Set(value.split(',').map((id) => id.trim()));
    return (item) => wanted.has(read(item));
  };
}

/** Records whose time is not before (`since`) or not after (`until`) the one named. */
export function byTime<T>(read: (item: T) => number, bound: 'since' | 'until'): Criterion<T> {
  return ({ operator, value }) => {
    const wanted = Date.parse(value);
    if (operator !== '==' || Number.isNaN(wanted)) return undefined;
    return bound === 'since' ? (item) => read(item) >= wanted : (item) => read(item) <= wanted;
  };
}

export function holds(actual: number, operator: Operator, wanted: number): boolean {
  switch (operator) {
    case '==':
      return actual === wanted;
    case '!=':
      return actual !== wanted;
    case '>=':
      return actual >= wanted;
    case '<=':
      return actual <= wanted;
    case '>':
      return actual > wanted;
    case '<':
      return actual < wanted;
  }
}
