import type { HelperDefinition } from '../define-helper.js';
import { numberText } from '../text/field-text.js';
import { SERVICE_CONNECTIONS_OPTION } from '../service-connections.js';
import { readNumber } from '../text/read-number.js';
import { accepts, configSchemaOf, type ConfigSchema } from './config-schema.js';

type Config = Record<string, unknown>;

const isObject = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isBlank = (value: unknown): boolean => value === '' || value === null || value === undefined;

function list(value: unknown, schema: ConfigSchema): unknown {
  const items = schema.items ?? {};
  const takesText = accepts(items, 'string');
  if (typeof value === 'string' && takesText) {
    return value
      .split(/[,\n]/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => {
    if (takesText && typeof item === 'number') return numberText(item);
    if (takesText && typeof item === 'boolean') return String(item);
    return conform(item, items);
  });
}

function object(value: Config, schema: ConfigSchema): Config {
  const conformed: Config = { ...value };
  for (const [key, option] of Object.entries(schema.properties ?? {})) {
    const given = value[key];
    const left = option.keepEmpty === true ? given === null || given === undefined : isBlank(given);
    if (left) delete conformed[key];
    else conformed[key] = conform(given, option);
  }
  return conformed;
}

function conform(value: unknown, schema: ConfigSchema): unknown {
  if (schema.items !== undefined) return list(value, schema);
  if (schema.properties !== undefined && isObject(value)) return object(value, schema);
  const wantsNumber = (accepts(schema, 'number') || accepts(schema, 'integer')) && !accepts(schema, 'string');
  if (wantsNumber && typeof value === 'string') return readNumber(value)?.toNumber() ?? value;
  const branch = schema.anyOf?.find((each) => each.properties !== undefined);
  return branch !== undefined && isObject(value) ? object(value, branch) : value;
}

function withoutAliases(config: Config, aliases: Readonly<Record<string, string>>): Config {
  const renamed: Config = { ...config };
  for (const [alias, name] of Object.entries(aliases)) {
    if (!Object.hasOwn(renamed, alias)) continue;
    if (isBlank(renamed[name])) renamed[name] = renamed[alias];
    delete renamed[alias];
  }
  return renamed;
}

/** Slugs of the services for which a configuration names a connection. */
function chosenServices(raw: Config): string[] {
  const chosen = raw[SERVICE_CONNECTIONS_OPTION];
  return isObject(chosen) ? Object.keys(chosen).filter((slug) => !isBlank(chosen[slug])) : [];
}

type ConfigSource = Pick<HelperDefinition, 'config' | 'aliases' | 'reshape'>;

/**
 * Brings a configuration as forms and older clients send it into the shape of the schema, without judging it:
 * aliases become names, what is empty is left out, comma-separated text becomes a list, numeric text a number,
 * numbers in text lists become text. Keys that are data (days, countries, field names) are never touched.
 * @returns a new object; values that do not fit the schema stay as they are and are found by validation
 */
export function conformConfig(definition: ConfigSource, raw: unknown): Config {
  if (!isObject(raw)) return {};
  const own = { ...raw };
  delete own[SERVICE_CONNECTIONS_OPTION];
  const renamed = withoutAliases(own, definition.aliases ?? {});
  const reshaped = definition.reshape?.(renamed, chosenServices(raw)) ?? renamed;
  return object(reshaped, configSchemaOf(definition));
}

/**
 * {@link conformConfig}, and what forms show preselected is filled in. Helpers are stored as they were received and
 * normalised each time they are judged or run.
 */
export function normalizeConfig(definition: ConfigSource, raw: unknown): Config {
  const config = conformConfig(definition, raw);
  const { properties = {}, required = [] } = configSchemaOf(definition);
  for (const option of required) {
    const preselected = properties[option]?.default;
    if (preselected !== undefined && !Object.hasOwn(config, option)) config[option] = preselected;
  }
  return config;
}
