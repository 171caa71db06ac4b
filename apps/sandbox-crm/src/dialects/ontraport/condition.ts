import { one, type Form } from '../../server/form.js';
import { Refusal } from '../dialect.js';
import { isObject } from '../input.js';
import type { Row } from './rows.js';

type Test = (row: Row) => boolean;

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '>': (order) => order > 0,
  '<': (order) => order < 0,
  '>=': (order) => order >= 0,
  '<=': (order) => order <= 0,
};

export interface Condition {
  test: Test;
  /** Only contacts with this address can meet it. */
  address?: string;
}

/**
 * What the parameter `condition` asks for: a JSON array of clauses with the words AND and OR between them, where AND
 * binds closer as in SQL. Undefined without one.
 */
export function conditionOf(query: Form): Condition | undefined {
  const text = one(query, 'condition');
  if (text === undefined || text === '') return undefined;
  const parts = parsed(text);
  let group: Test[] = [];
  const groups: Test[][] = [group];
  for (const [index, part] of parts.entries()) {
    const isWord = index % 2 === 1;
    if (isWord && part === 'OR') groups.push((group = []));
    else if (isWord !== (part === 'AND')) throw malformed();
    else if (!isWord) group.push(clause(part));
  }
  const address = groups.length === 1 ? parts.map(addressOf).find((wanted) => wanted !== undefined) : undefined;
  return {
    test: (row) => groups.some((tests) => tests.every((test) => test(row))),
    ...(address === undefined ? {} : { address }),
  };
}

function addressOf(part: unknown): string | undefined {
  if (!isObject(part) || !isObject(part['field']) || !isObject(part['value'])) return undefined;
  const { value } = part['value'];
  return part['field']['field'] === 'email' && part['op'] === '=' && typeof value === 'string' ? value : undefined;
}

function parsed(text: string): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed();
  }
  if (!Array.isArray(value) || value.length % 2 === 0) throw malformed();
  return value;
}

function clause(part: unknown): Test {
  if (!isObject(part) || !isObject(part['field']) || !isObject(part['value'])) throw malformed();
  const { field } = part['field'];
  const { value, list } = part['value'];
  const { op } = part;
  if (typeof field !== 'string' || typeof op !== 'string') throw malformed();
  const read = (row: Row): string => {
    const found = row[field];
    if (found === undefined) throw new Refusal(400, `Field ${field} does not exist`);
    return found;
  };
  if (op === 'IN' && Array.isArray(list)) {
    const wanted = list.map((item: unknown) => fold(isObject(item) ? item['value'] : item));
    return (row) => wanted.includes(fold(read(row)));
  }
  if (op === 'IS' && value === null) return (row) => read(row) === '';
  if (op === 'LIKE') return like(read, fold(value));
  const comparison = COMPARISONS[op];
  if (comparison === undefined) throw malformed();
  return (row) => comparison(order(fold(read(row)), fold(value)));
}

function like(read: (row: Row) => string, pattern: string): Test {
  const source = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('%', '.*');
  const expression = new RegExp(`^${source}$`, 's');
  return (row) => expression.test(fold(read(row)));
}

/** The database compares texts without case, and numbers by value. */
export function order(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (a !== '' && b !== '' && Number.isFinite(left) && Number.isFinite(right)) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function fold(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : '';
}

function malformed(): Refusal {
  return new Refusal(400, 'The condition is not properly formed');
}
