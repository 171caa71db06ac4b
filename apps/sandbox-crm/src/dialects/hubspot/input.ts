import type { Form } from '../../server/form.js';
import { one } from '../../server/form.js';
import { Refusal } from '../dialect.js';
import { inputOf, isObject, objects, type Input } from '../input.js';

const LARGEST_BATCH = 100;

/** The properties of a create or a change: all of them texts. */
export function propertiesOf(body: unknown): Record<string, string> {
  const { properties } = inputOf(body);
  if (!isObject(properties)) throw new Refusal(400, 'Invalid input JSON: properties is required');
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value !== 'string') throw new Refusal(400, `Invalid input JSON: property ${name} must be a string`);
    texts[name] = value;
  }
  return texts;
}

/** What a batch names, and the properties it asks for. */
export function batchInput(body: unknown): { ids: string[]; properties: string[]; idProperty: string | undefined } {
  const input = inputOf(body);
  const inputs = objects(input, 'inputs') ?? [];
  if (inputs.length > LARGEST_BATCH) throw new Refusal(400, `A batch takes at most ${LARGEST_BATCH} inputs`);
  const ids = inputs.map(({ id }) => String(id));
  const idProperty = typeof input['idProperty'] === 'string' ? input['idProperty'] : undefined;
  return { ids, properties: textsOf(input, 'properties') ?? [], idProperty };
}

/** A list of texts; absent and null give undefined. */
export function textsOf(input: Input, name: string): string[] | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new Refusal(400, `Invalid input JSON: ${name} must be a list of strings`);
}

/** A number in the query, within bounds. */
export function limitOf(query: Form, usual: number, largest: number): number {
  const text = one(query, 'limit');
  const limit = text === undefined ? usual : Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= largest) return limit;
  throw new Refusal(400, `limit must be a number from 1 to ${largest}`);
}

/** Where a page begins: the number that the page before told. */
export function afterOf(value: string | undefined): number {
  const after = value === undefined || value === '' ? 0 : Number(value);
  if (Number.isInteger(after) && after >= 0) return after;
  throw new Refusal(400, 'after is not a paging offset of this list');
}

/** One page of a list that is at hand as a whole. */
export function pageOf<T>(items: readonly T[], after: number, limit: number) {
  const results = items.slice(after, after + limit);
  const next = after + results.length;
  return { results, ...(next < items.length && { paging: { next: { after: String(next) } } }) };
}
