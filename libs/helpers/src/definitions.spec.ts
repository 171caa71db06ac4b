import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { NON_REPEATABLE_OPERATIONS } from '#connectors';
import {
  configErrors,
  configSchemaOf,
  describeType,
  formSchemaOf,
  helperCatalogue,
  type ConfigSchema,
} from './index.js';

const root = dirname(fileURLToPath(import.meta.url));
const definitions = [...helperCatalogue].map(([name, definition]) => ({ name, definition }));

const undescribed = (schema: ConfigSchema, path = ''): string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([key, option]) => {
    const at = `${path}${key}`;
    return [...(option.description === undefined ? [at] : []), ...undescribed(option, `${at}.`)];
  });

/** Options that a form could not show: without a title, or with words that have no label. */
const unfit = (schema: ConfigSchema, path = ''): string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([key, option]) => {
    const at = `${path}${key}`;
    const words = option.enum?.filter((value) => typeof value === 'string') ?? [];
    const labels = Object.keys((option['enum_labels'] ?? {}) as object);
    const shown = option['title'] !== undefined && words.every((word) => labels.includes(word));
    return [...(shown ? [] : [at]), ...unfit(option, `${at}.`), ...unfit(option.items ?? {}, `${at}[].`)];
  });

describe.each(definitions)('$name', ({ name, definition }) => {
  test('lies where its category and type say', () => {
    const folder = join(root, definition.category, definition.type);
    const file = definition.type.replaceAll('_', '-');
    expect(definition.type).toBe(name);
    expect(existsSync(join(folder, `${file}.helper.ts`))).toBe(true);
    expect(existsSync(join(folder, `${file}.helper.spec.ts`))).toBe(true);
    expect(existsSync(join(folder, `${file}.cases.jsonl`))).toBe(true);
  });

  test('journals what must not happen twice', () => {
    const effects: Record<string, unknown> = definition.effects;
    expect(NON_REPEATABLE_OPERATIONS.filter((operation) => effects[operation] === 'repeatable')).toEqual([]);
  });

  test('describes itself and every option', () => {
    expect(definition.summary).toMatch(/\.$/);
    expect(definition.rules.length).toBeGreaterThan(0);
    expect(undescribed(configSchemaOf(definition))).toEqual([]);
  });

  test('has a configuration schema that survives JSON', () => {
    const schema = configSchemaOf(definition);
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(schema.type).toBe('object');
  });

  test('tells a form what each option is', () => {
    const schema = formSchemaOf(definition);
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(unfit(schema)).toEqual([]);
  });

  test('an unfinished configuration is a draft, never an error', () => {
    expect(configErrors(definition, {}).filter(({ code }) => code === 'invalid')).toEqual([]);
  });
});

test('the catalogue describes a type for forms', () => {
  const tagIt = helperCatalogue.get('tag_it');
  if (tagIt === undefined) throw new Error('tag_it is missing');
  expect(describeType(tagIt)).toMatchObject({
    type: 'tag_it',
    name: 'Tag It',
    category: 'tagging',
    requires_crm: true,
    supported_crms: [],
    config_schema: {
      type: 'object',
      required: ['action', 'tag_ids'],
      properties: { action: { enum: ['apply', 'remove'], default: 'apply' }, tag_ids: { type: 'array', minItems: 1 } },
    },
  });
});
