import type { KnownValues } from './objects.js';

interface OpenApi {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[]; requestBody?: unknown }>>;
}

/** A text as TOML writes it: JSON's escapes are a part of TOML's. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007f');

/**
 * The settings file of schemathesis.
 * @param document the OpenAPI document; values are given only for names that it has
 */
export function settingsFile(document: OpenApi, values: KnownValues): string {
  const used = parameterNames(document);
  const lines: string[] = [
    'continue-on-failure = true',
    'request-timeout = 30',
    'max-redirects = 0',
    'max-stream-events = 1',
    'warnings = false',
    '',
    '[cache]',
    'enabled = false',
    '',
    '[generation]',
    // The token of the role comes from the hooks; who has none is the business of a check.
    'with-security-parameters = false',
    '',
    '[checks.positive_data_acceptance]',
    // Whether an id, a password or a combination is right is not in a schema.
    'enabled = false',
    '',
    '[phases.stateful.generation]',
    'max-examples = 10',
    '',
    '[parameters]',
    ...Object.keys(values).flatMap((name) =>
      used
        .filter(({ name: parameter }) => parameter === name)
        .map(({ in: place }) => `${quoted(`${place}.${name}`)} = { dictionary = ${quoted(name)}, probability = 0.7 }`),
    ),
    ...Object.keys(values).map(
      (name) => `${quoted(`body.${name}`)} = { dictionary = ${quoted(name)}, probability = 0.5 }`,
    ),
  ];
  for (const [name, known] of Object.entries(values)) {
    lines.push('', `[dictionaries.${quoted(name)}]`, `values = [${known.map(quoted).join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}

function parameterNames({ paths }: OpenApi): { name: string; in: string }[] {
  const found = new Map<string, { name: string; in: string }>();
  for (const operations of Object.values(paths)) {
    for (const { parameters = [] } of Object.values(operations)) {
      for (const { name, in: place } of parameters) found.set(`${place}.${name}`, { name, in: place });
    }
  }
  return [...found.values()];
}
