import { isObject, type JsonObject } from '../corrections/correction.js';

/**
 * A document's schemas twice. `shut`: members that a schema does not list are wrong, all the way down; vendors drop
 * unknown members of a request without a word, and a stand-in must not invent members of an answer. `open`: the same
 * without the outermost rule, for schemas that are put together of several.
 */
export function strictSchemas(schemas: JsonObject): { shut: JsonObject; open: JsonObject } {
  const each = (change: (schema: unknown) => unknown): JsonObject =>
    Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
  return { shut: each(shut), open: each(open) };
}

/** The schema with unknown members forbidden. References lead into the documents `shut` and `open`. */
export function shut(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  if (typeof schema['$ref'] === 'string') return { $ref: reference(schema['$ref'], 'shut') };
  const lists = 'properties' in schema || 'allOf' in schema;
  const free = 'additionalProperties' in schema;
  return { ...within(schema), ...(lists && !free && { unevaluatedProperties: false }) };
}

function open(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  if (typeof schema['$ref'] === 'string') return { $ref: reference(schema['$ref'], 'open') };
  return within(schema);
}

function within(schema: JsonObject): JsonObject {
  const combined = 'properties' in schema || 'allOf' in schema;
  const part: Record<string, (value: unknown) => unknown> = {
    properties: (value) => mapped(value, shut),
    additionalProperties: shut,
    items: shut,
    allOf: (value) => listed(value, open),
    // Alternatives of an object with members of its own add to them; otherwise each is the whole.
    oneOf: (value) => listed(value, combined ? open : shut),
    anyOf: (value) => listed(value, combined ? open : shut),
  };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, part[key]?.(value) ?? value]));
}

const reference = (ref: string, document: string): string => document + ref;
const listed = (value: unknown, change: (schema: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map(change) : value;
const mapped = (value: unknown, change: (schema: unknown) => unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)])) : value;

/** A document of OpenAPI 3.0 in the words of 3.1, whose schemas are JSON Schema: `nullable` is a type. */
export function withModernNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withModernNulls);
  if (!isObject(value)) return value;
  const members = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withModernNulls(each)]));
  if (members['nullable'] !== true) return members;
  const { nullable: _nullable, ...schema } = members;
  if (typeof schema['type'] !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const { enum: values } = schema;
  return {
    ...schema,
    type: [schema['type'], 'null'],
    ...(Array.isArray(values) && { enum: [...new Set<unknown>([...(values as unknown[]), null])] }),
  };
}
