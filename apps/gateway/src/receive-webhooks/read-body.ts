import { z } from 'zod';
import { Problem } from '#contracts';
import { nestsTooDeep } from '#service-defaults';
import { unreadable } from './delivery.js';

const JsonObject = z.record(z.string(), z.unknown());

function parsed<Schema extends z.ZodType>(body: Buffer, schema: Schema): z.output<Schema> {
  const text = body.toString('utf8');
  if (nestsTooDeep(text)) throw unreadable();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(error);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw unreadable(result.error);
  return result.data;
}

/** @throws Problem 400 unless the body is a JSON object */
export const jsonObject = (body: Buffer): Record<string, unknown> => parsed(body, JsonObject);

/** @throws Problem 400 unless the body is a JSON array of objects */
export const jsonObjects = (body: Buffer): Record<string, unknown>[] => parsed(body, z.array(JsonObject));

const MOST_FIELDS = 2_000;
const DEEPEST = 5;
const NOT_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A form with bracketed names (`contact[fields][3]=x`) as nested objects. A name given twice keeps its last value, and
 * `[]` counts up.
 * @throws Problem 400 for more than 2,000 fields, deeper names than five, or names that reach into a prototype
 */
export function bracketedForm(body: Buffer): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  let fields = 0;
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    fields += 1;
    const parts = name.split(/\]?\[|\]$/).filter((part, index, all) => part !== '' || index < all.length - 1);
    if (fields > MOST_FIELDS || parts.length > DEEPEST || parts.some((part) => NOT_NAMES.has(part))) throw unreadable();
    put(form, parts, value);
  }
  if (fields === 0) throw unreadable();
  return form;
}

function put(form: Record<string, unknown>, parts: readonly string[], value: string): void {
  let target = form;
  for (const part of parts.slice(0, -1)) {
    const name = part === '' ? String(Object.keys(target).length) : part;
    const inner = target[name];
    if (typeof inner === 'object' && inner !== null) target = inner as Record<string, unknown>;
    else target = target[name] = {} as Record<string, unknown>;
  }
  const last = parts.at(-1) ?? '';
  target[last === '' ? String(Object.keys(target).length) : last] = value;
}

/** JSON or a form, by the content type. @throws Problem 400, 415 */
export function objectBody(body: Buffer, contentType: string | undefined): Record<string, unknown> {
  const type = (contentType ?? 'application/json').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded') return bracketedForm(body);
  if (type === 'application/json' || type.endsWith('+json') || type === 'text/plain') return jsonObject(body);
  throw new Problem(415, 'request.unsupported_media_type', 'Send the webhook as JSON or as a form');
}
