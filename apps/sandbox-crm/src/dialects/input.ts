import { Refusal } from './dialect.js';

/** A JSON object whose members are not checked yet. */
export type Input = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as an object, or a refusal. */
export function inputOf(body: unknown): Input {
  if (isObject(body)) return body;
  throw new Refusal(400, 'The body must be a JSON object');
}

/** A text member; absent and null give undefined, anything but text is refused. */
export function text(input: Input, name: string, maxLength = 65_535): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new Refusal(400, `${name} must be a string`, name);
  if (value.length > maxLength) throw new Refusal(400, `${name} must not be longer than ${maxLength} characters`, name);
  return value;
}

export function requiredText(input: Input, name: string): string {
  const value = text(input, name);
  if (value === undefined || value.trim() === '') throw new Refusal(400, `${name} is required`, name);
  return value;
}

/** A list of texts that must be there. */
export function requiredTexts(input: Input, name: string): string[] {
  const value = input[name];
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')) return value;
  throw new Refusal(400, `${name} must be a list of strings with at least one entry`, name);
}

/** A list of objects; absent and null give undefined. */
export function objects(input: Input, name: string): Input[] | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((item) => isObject(item))) return value;
  throw new Refusal(400, `${name} must be a list of objects`, name);
}

/** The record of an id, or the refusal that vendors answer for an id that does not exist. */
export function found<T>(record: T | undefined, what: string, id: string | undefined): T {
  if (record === undefined) throw new Refusal(404, `${what} ${id ?? ''} does not exist`, what);
  return record;
}
