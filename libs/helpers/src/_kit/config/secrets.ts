import type { HelperDefinition } from '../define-helper.js';
import { configSchemaOf, type ConfigSchema } from './config-schema.js';

type Config = Record<string, unknown>;
type ConfigSource = Pick<HelperDefinition, 'config' | 'aliases'>;

/** What answers show instead of a secret; a client that sends exactly this back leaves the secret unchanged. */
export const SECRET_MASK = '********';

/** Path of a secret option: property names, `*` for every item of a list. */
type SecretPath = readonly string[];

function pathsIn(schema: ConfigSchema): SecretPath[] {
  if (schema.secret === true) return [[]];
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, option]) =>
    pathsIn(option).map((path) => [key, ...path]),
  );
  const items = schema.items === undefined ? [] : pathsIn(schema.items).map((path) => ['*', ...path]);
  return [...below, ...items, ...(schema.anyOf ?? []).flatMap(pathsIn)];
}

function secretPaths(definition: ConfigSource): SecretPath[] {
  const paths = pathsIn(configSchemaOf(definition));
  const aliases = Object.entries(definition.aliases ?? {});
  const aliased = aliases.flatMap(([alias, name]) =>
    paths.filter(([first]) => first === name).map(([, ...rest]) => [alias, ...rest]),
  );
  return [...paths, ...aliased];
}

/** Names of the options (dotted, `*` for list items) that hold secrets. */
export const secretOptions = (definition: ConfigSource): string[] =>
  secretPaths(definition).map((path) => path.join('.'));

type Exchange = (value: string, stored: unknown) => unknown;

function transform(value: unknown, stored: unknown, [step, ...rest]: SecretPath, change: Exchange): unknown {
  if (step === undefined) return typeof value === 'string' && value !== '' ? change(value, stored) : value;
  if (step === '*') {
    if (!Array.isArray(value)) return value;
    const before: unknown[] = Array.isArray(stored) ? stored : [];
    return value.map((item: unknown, index) => transform(item, before[index], rest, change));
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return value;
  const holder = value as Config;
  const before = typeof stored === 'object' && stored !== null ? (stored as Config)[step] : undefined;
  return { ...holder, [step]: transform(holder[step], before, rest, change) };
}

const exchange = (definition: ConfigSource, config: Config, stored: unknown, change: Exchange): Config =>
  secretPaths(definition).reduce<unknown>((each, path) => transform(each, stored, path, change), config) as Config;

/** A copy in which every secret reads {@link SECRET_MASK}. */
export const maskSecrets = (definition: ConfigSource, config: Config): Config =>
  exchange(definition, config, undefined, () => SECRET_MASK);

/** Puts the stored secrets back where a client sent the mask; a mask with nothing behind it becomes empty. */
export const restoreSecrets = (definition: ConfigSource, received: Config, stored: Config): Config =>
  exchange(definition, received, stored, (value, before) => (value === SECRET_MASK ? (before ?? '') : value));

/** A copy of a stored or received configuration with every secret changed: sealed, or opened. */
export async function mapSecrets(
  definition: ConfigSource,
  config: Config,
  change: (secret: string) => Promise<string>,
): Promise<Config> {
  const found = new Set<string>();
  exchange(definition, config, undefined, (value) => found.add(value));
  const changed = new Map(await Promise.all([...found].map(async (value) => [value, await change(value)] as const)));
  return exchange(definition, config, undefined, (value) => changed.get(value));
}
