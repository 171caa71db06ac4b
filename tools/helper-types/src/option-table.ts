import type { ConfigSchema } from '#helpers';

interface Option {
  path: string;
  schema: ConfigSchema;
  required: boolean;
}

/** Options with everything inside them: `a.b` for objects, `a[].b` for lists. */
function flatten(schema: ConfigSchema, prefix = ''): Option[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([key, option]) => {
    const path = `${prefix}${key}`;
    const own = { path, schema: option, required: required.includes(key) && option.default === undefined };
    return [own, ...below(option, path)];
  });
}

function below(option: ConfigSchema, path: string): Option[] {
  if (option.properties !== undefined) return flatten(option, `${path}.`);
  const items = option.items === undefined ? [] : [option.items, ...(option.items.anyOf ?? [])];
  return items.flatMap((item) => (item.properties === undefined ? [] : flatten(item, `${path}[].`)));
}

function typeOf(schema: ConfigSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  const types = [schema.type ?? 'any'].flat().map((type) => (type === 'string' ? 'text' : type));
  const text = types.join(' or ');
  if (schema.additionalProperties !== undefined && schema.properties === undefined) return 'map';
  return text;
}

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');

function rowOf({ path, schema, required }: Option): string {
  const { kind: of } = schema;
  const kind = typeof of === 'string' ? ` (${of.replaceAll('_', ' ')})` : '';
  const initial = schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
  const meaning = `${schema.description ?? ''}${schema.secret === true ? ' (secret: stored sealed)' : ''}`;
  return `| ${[`\`${path}\``, `${typeOf(schema)}${kind}`, required ? 'yes' : '', initial, meaning].map(cell).join(' | ')} |`;
}

/** The options of a configuration schema as a Markdown table. */
export function optionTable(schema: ConfigSchema): string {
  const options = flatten(schema);
  if (options.length === 0) return 'None.';
  return [
    '| option | type | needed | default | meaning |',
    '| --- | --- | --- | --- | --- |',
    ...options.map(rowOf),
  ].join('\n');
}
