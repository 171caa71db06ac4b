import { accepts, type ConfigSchema } from './config-schema.js';

/** What the value of an option stands for, so that a form can offer the right control. */
export type OptionKind =
  | 'automation'
  | 'color'
  | 'duration'
  | 'field'
  | 'goal'
  | 'helper'
  | 'secret'
  | 'tag'
  | 'template'
  | 'time_zone'
  | 'url'
  | 'user';

interface Option {
  /** In snake_case. */
  key: string;
  description: string;
  schema: ConfigSchema;
}

type Rule = readonly [kind: OptionKind, holds: (option: Option) => boolean];

const UNIT = /(?:^|_)(day|hour|minute|second|month|year)s?(?:_|$)/;
const isNumber = ({ schema }: Option): boolean =>
  (accepts(schema, 'number') || accepts(schema, 'integer')) && !accepts(schema, 'string');

/** The first rule that holds counts. Builders of options say more exactly what they make, and then win. */
const RULES: readonly Rule[] = [
  ['secret', ({ schema }) => schema.secret === true],
  ['duration', (option) => isNumber(option) && (UNIT.test(option.key) || /duration|delay/.test(option.key))],
  ['time_zone', ({ key }) => /time_?zone$/.test(key)],
  ['color', ({ key }) => /colou?r$/.test(key)],
  ['field', ({ key }) => /(?:_|^)fields?$|^save_(?:\w+_)?to$/.test(key)],
  ['field', ({ description }) => /^(?:contact )?fields?\b/i.test(description)],
  ['template', ({ key, description }) => key.endsWith('_template') || /may hold tokens/i.test(description)],
  ['url', ({ key }) => /(?:^|_)(?:url|urls|webhook)$/.test(key)],
  ['url', ({ description }) => /^URL\b|\bURL of each$/.test(description)],
  ['automation', ({ key, description }) => /automation/.test(key) || /^automations?\b/i.test(description)],
  ['helper', ({ key }) => /(?:^|_)helpers?(?:_ids?)?$/.test(key)],
  ['goal', ({ key, description }) => /(?:^|_)goals?(?:_name|_[a-e])?$/.test(key) || /^goal\b/i.test(description)],
  ['user', ({ key }) => /^(?:owner|user)_ids?$/.test(key)],
  ['tag', ({ key }) => /(?:^|_)tags?(?:_ids?|_id|_[a-e]|_map|_on_\w+|_to_results)?$/.test(key)],
  ['tag', ({ description }) => /^tags?\b/i.test(description)],
];

/** What has a switch or a list of words needs no other control. */
const isChoice = (schema: ConfigSchema): boolean =>
  schema.enum !== undefined || schema.type === 'boolean' || schema['const'] !== undefined;

const isGroup = (schema: ConfigSchema): boolean =>
  schema.properties !== undefined || schema.items?.properties !== undefined;

/** The kind of an option; undefined for plain texts, numbers, switches and groups. */
export function kindOf(key: string, schema: ConfigSchema): OptionKind | undefined {
  const marked = schema['kind'] as OptionKind | undefined;
  if (marked !== undefined) return marked;
  if (isChoice(schema) || isGroup(schema)) return undefined;
  const option = { key: snakeCase(key), description: schema.description ?? '', schema };
  return RULES.find(([, holds]) => holds(option))?.[0];
}

/** Seconds, minutes and so on, of an option that is a duration. */
export const unitOf = (key: string): string | undefined => {
  const unit = UNIT.exec(snakeCase(key))?.[1];
  return unit === undefined ? undefined : `${unit}s`;
};

export const snakeCase = (key: string): string => key.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();
