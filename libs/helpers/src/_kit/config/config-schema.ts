import { z } from 'zod';
import type { HelperDefinition } from '../define-helper.js';

/** The part of JSON Schema that configurations use, with our own marks. */
export interface ConfigSchema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, ConfigSchema>;
  required?: string[];
  items?: ConfigSchema;
  anyOf?: ConfigSchema[];
  additionalProperties?: ConfigSchema | boolean;
  propertyNames?: ConfigSchema;
  enum?: unknown[];
  default?: unknown;
  minItems?: number;
  minimum?: number;
  maximum?: number;
  keepEmpty?: true;
  secret?: true;
  [keyword: string]: unknown;
}

const cache = new WeakMap<z.ZodType, ConfigSchema>();

/**
 * JSON Schema of what a client may send for a type: before defaults and conversions. One object per definition, not
 * to be changed.
 */
export function configSchemaOf(definition: Pick<HelperDefinition, 'config'>): ConfigSchema {
  const known = cache.get(definition.config);
  if (known !== undefined) return known;
  const schema = z.toJSONSchema(definition.config, { io: 'input' }) as ConfigSchema;
  cache.set(definition.config, schema);
  return schema;
}

/** Whether a schema takes values of a JSON type. */
export function accepts(schema: ConfigSchema, type: string): boolean {
  if (schema.type !== undefined) return [schema.type].flat().includes(type);
  return schema.anyOf?.some((each) => accepts(each, type)) ?? false;
}
