import * as fc from 'fast-check';
import { configSchemaOf } from '#helpers';
import { World, type VectorCase } from '#helper-testing';
import type { TypeWithCases } from './all-cases.js';
import { configOf, valueOf } from './config-arbitrary.js';
import { hostileField, hostileJson, hostileText } from './hostile-values.js';

type Json = Record<string, unknown>;

const READS = ['GetContact', 'GetContacts', 'GetContactFieldValue', 'GetTags', 'GetCustomFields'] as const;

/** Texts of a configuration that may name a field. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length <= 60 ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
  return [];
}

const contactOf = fc.record(
  {
    id: fc.constantFrom('c-1', '77'),
    first_name: hostileText,
    last_name: hostileText,
    email: fc.oneof(fc.constant('jane@example.com'), hostileText),
    phone: hostileText,
    company: hostileText,
    tags: fc.array(fc.record({ id: fc.constantFrom('1', '2', '3'), name: hostileText }), { maxLength: 3 }),
  },
  { requiredKeys: ['id'] },
);

const responseOf = fc.oneof(
  { arbitrary: fc.constant('connection_error' as const), weight: 1 },
  {
    arbitrary: fc.record({
      status: fc.constantFrom(200, 200, 200, 201, 204, 302, 400, 401, 404, 429, 500, 503),
      headers: fc.constant({ 'Content-Type': 'application/json' }),
      body: fc.oneof(hostileText, hostileJson),
    }),
    weight: 4,
  },
);

const exchangesOf = fc.array(
  responseOf.map((response) => ({ request: {}, response })),
  { minLength: 12, maxLength: 12 },
);

/** The same value for the same key, whatever the order of reads. */
function pick(values: readonly unknown[], key: string): unknown {
  const sum = [...key].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return values[sum % values.length];
}

/** A run in a hostile world. */
export interface HostileCase {
  vector: VectorCase;
  /** Reads that fail, whoever asks. */
  failing: readonly string[];
  values: readonly unknown[];
}

/** Runs of a type with any configuration, contact, request and answers; in some, reads fail. */
export function hostileCaseOf(each: TypeWithCases): fc.Arbitrary<HostileCase> {
  const options = Object.entries(configSchemaOf(each.definition).properties ?? {});
  const input = fc.record(
    Object.fromEntries(options.map(([key, option]) => [key, fc.oneof(valueOf(option), hostileJson)])),
    { requiredKeys: [] },
  );
  const states = each.cases.flatMap(({ state }) => (state === undefined ? [] : [state]));
  return fc
    .record({
      config: configOf(each),
      contact: contactOf,
      values: fc.array(hostileField, { minLength: 1, maxLength: 6 }),
      input: fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, { arbitrary: input, weight: 1 }),
      query: fc.oneof(fc.constant({}), fc.dictionary(fc.constantFrom(...options.map(([key]) => key), 'id'), hostileText)),
      http: exchangesOf,
      failing: fc.oneof(fc.constant<string[]>([]), fc.subarray<string>([...READS])),
      now: fc.constantFrom('2026-01-15T12:00:00Z', '2024-02-29T23:59:59Z', '2026-03-29T01:30:00Z'),
      state: fc.constantFrom(undefined, ...states),
    })
    .map(({ config, contact, values, failing, state, input, ...rest }) => {
      const names = textsIn(config).filter((name) => name !== '__proto__');
      const custom = Object.fromEntries(names.map((name) => [name, pick(values, name)]));
      const vector = {
        ...rest,
        id: `${each.type}/hostile`,
        type: each.type,
        config,
        contact: { ...contact, custom_fields: custom },
        identity: { user_id: 'user:u1', account_id: 'account:a1', helper_id: 'helper:h1', depth: 0 },
        input: input as Json,
        crm: {
          tags: [{ id: '1', name: 'Customer' }],
          fail: failing.map((op) => ({ op })),
        },
        expect: {},
        ...(state === undefined ? {} : { state }),
      } satisfies VectorCase;
      return { vector, failing, values };
    });
}

/** The world of such a run; questions about records behind the contact are answered as hostilely as fields. */
export function hostileWorld({ vector, values }: HostileCase): World {
  const world = new World(vector);
  const { contacts } = world.crm;
  const known = contacts.field.bind(contacts);
  Object.assign(contacts, {
    field: (id: string, key: string) => known(id, key) ?? (key.startsWith('_') ? pick(values, key) : null),
  });
  return world;
}
