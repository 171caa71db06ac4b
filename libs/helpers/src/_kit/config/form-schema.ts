import type { HelperDefinition } from '../define-helper.js';
import { configSchemaOf, type ConfigSchema } from './config-schema.js';
import { kindOf, snakeCase, unitOf } from './option-kind.js';

const WORDS: Readonly<Record<string, string>> = {
  crm: 'CRM',
  csv: 'CSV',
  id: 'ID',
  ids: 'IDs',
  ip: 'IP',
  iso: 'ISO',
  mb: 'MB',
  mx: 'MX',
  rfm: 'RFM',
  rpm: 'RPM',
  s3: 'S3',
  sms: 'SMS',
  uri: 'URI',
  url: 'URL',
  urls: 'URLs',
  xlsx: 'XLSX',
};

/** An option's name, or a word of a choice, as people write it: `save_url_to` is "Save URL to". */
export function labelOf(name: string): string {
  if (!/[a-z]/.test(name)) return name;
  const words = snakeCase(name)
    .split(/[_\s]+/)
    .filter((word) => word !== '')
    .map((word) => (Object.hasOwn(WORDS, word) ? WORDS[word] : word));
  const text = words.join(' ');
  return text === '' ? name : text.charAt(0).toUpperCase() + text.slice(1);
}

function labelled(schema: ConfigSchema): ConfigSchema {
  const texts = schema.enum?.filter((value) => typeof value === 'string');
  if (texts === undefined || texts.length === 0) return schema;
  return { ...schema, enum_labels: Object.fromEntries(texts.map((value) => [value, labelOf(value)])) };
}

function named(key: string, schema: ConfigSchema): ConfigSchema {
  const kind = kindOf(key, schema);
  const unit = kind === 'duration' ? unitOf(key) : undefined;
  return {
    ...decorated(schema),
    title: typeof schema['title'] === 'string' ? schema['title'] : labelOf(key),
    ...(kind === undefined ? {} : { kind }),
    ...(unit === undefined ? {} : { unit }),
  };
}

function decorated(schema: ConfigSchema): ConfigSchema {
  const { properties, items, anyOf, additionalProperties } = schema;
  return {
    ...labelled(schema),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(Object.entries(properties).map(([key, option]) => [key, named(key, option)])),
        }),
    ...(items === undefined ? {} : { items: decorated(items) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(decorated) }),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: decorated(additionalProperties) } : {}),
  };
}

const cache = new WeakMap<ConfigSchema, ConfigSchema>();

/**
 * The JSON Schema of a type's configuration with everything a form needs: a title for each option, labels for the words
 * of a choice (`enum_labels`), the `kind` of what a value stands for, and the `unit` of a duration.
 */
export function formSchemaOf(definition: Pick<HelperDefinition, 'config'>): ConfigSchema {
  const schema = configSchemaOf(definition);
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const form = decorated(schema);
  cache.set(schema, form);
  return form;
}
