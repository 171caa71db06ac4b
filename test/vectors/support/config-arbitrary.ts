import * as fc from 'fast-check';
import { configSchemaOf, type ConfigSchema } from '#helpers';
import type { TypeWithCases } from './all-cases.js';
import { hostileJson, hostileNumber, hostileText } from './hostile-values.js';

type Config = Record<string, unknown>;

/** What people really put into a text option, so that many configurations are valid. */
const USUAL = fc.constantFrom(
  'email',
  'first_name',
  'score',
  'birthday',
  '5',
  '12.5',
  'Customer',
  'https://example.com/page?x=1',
  '2026-03-01',
  'Europe/Berlin',
  'Hello {{first_name}}',
  'helper:h2',
  'someone@example.com',
  '09:30',
  'US',
);

function numberOf({ type, minimum, maximum }: ConfigSchema): fc.Arbitrary<number> {
  const min = Math.max(minimum ?? -1_000, -1e9);
  const max = Math.min(maximum ?? 1_000, 1e9);
  const within = fc.integer({ min: Math.ceil(min), max: Math.max(Math.ceil(min), Math.floor(max)) });
  return type === 'integer' ? within : fc.oneof({ arbitrary: within, weight: 3 }, { arbitrary: hostileNumber, weight: 1 });
}

function objectOf({ properties = {}, required = [], additionalProperties }: ConfigSchema): fc.Arbitrary<Config> {
  const fields = Object.fromEntries(Object.entries(properties).map(([key, option]) => [key, valueOf(option)]));
  const named = fc.record(fields, { requiredKeys: required.filter((key) => Object.hasOwn(fields, key)) });
  if (typeof additionalProperties !== 'object') return named;
  const more = fc.dictionary(fc.oneof(USUAL, hostileText), valueOf(additionalProperties), { maxKeys: 4 });
  return fc.tuple(more, named).map(([open, own]) => ({ ...open, ...own }));
}

/** Values that a JSON Schema takes, or nearly: rules beyond the schema may still refuse them. */
export function valueOf(schema: ConfigSchema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(valueOf));
  if (schema.items !== undefined) {
    const minLength = schema.minItems ?? 0;
    return fc.array(valueOf(schema.items), { minLength, maxLength: minLength + 3 });
  }
  switch ([schema.type].flat()[0]) {
    case 'object':
      return objectOf(schema);
    case 'string':
      return fc.oneof({ arbitrary: USUAL, weight: 3 }, { arbitrary: hostileText, weight: 2 });
    case 'number':
    case 'integer':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    default:
      return hostileJson;
  }
}

/** Configurations of a type: made from its schema, and its cases with some options exchanged. */
export function configOf({ definition, cases }: TypeWithCases): fc.Arbitrary<Config> {
  const schema = configSchemaOf(definition);
  const made = objectOf(schema);
  const known = cases.flatMap(({ config }) => (typeof config === 'object' && config !== null ? [config as Config] : []));
  if (known.length === 0) return made;
  const options = Object.entries(schema.properties ?? {}).map(([key, option]) => [key, valueOf(option)] as const);
  const exchanged =
    options.length === 0
      ? fc.constant({})
      : fc.subarray(options, { maxLength: Math.min(2, options.length) }).chain((some) => fc.record(Object.fromEntries(some)));
  const changed = fc.tuple(fc.constantFrom(...known), exchanged).map(([config, over]) => ({ ...config, ...over }));
  return fc.oneof({ arbitrary: changed, weight: 3 }, { arbitrary: made, weight: 1 });
}
