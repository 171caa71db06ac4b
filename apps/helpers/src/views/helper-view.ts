import { z } from 'zod';
import { configErrors, formSchemaOf, helperCatalogue, maskSecrets, type HelperDefinition } from '#helpers';
import type { HelperRecord } from '../persistence/helpers.repository.js';

const JsonObject = z.record(z.string(), z.unknown());

export const ConfigErrorView = z.object({
  field: z.string(),
  code: z.enum(['missing', 'invalid']),
  message: z.string(),
});

/** A helper as clients read it. */
export const HelperView = z
  .object({
    helper_id: z.string(),
    account_id: z.string(),
    created_by: z.string(),
    connection_id: z.string().optional(),
    short_key: z.string(),
    name: z.string(),
    description: z.string(),
    helper_type: z.string(),
    category: z.string(),
    status: z.enum(['active', 'deleted']),
    config: JsonObject,
    config_schema: JsonObject,
    config_errors: z.array(ConfigErrorView),
    enabled: z.boolean(),
    execution_count: z.number().int(),
    last_executed_at: z.iso.datetime().optional(),
    schedule_enabled: z.boolean(),
    cron_expression: z.string().optional(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    version: z.number().int(),
  })
  .meta({ id: 'Helper' });
export type HelperView = z.infer<typeof HelperView>;

/** What is known of a type that a helper was made of; types do not vanish, but a downgrade may lack a new one. */
export const definitionOf = (helperType: string): HelperDefinition | undefined => helperCatalogue.get(helperType);

/** What keeps a stored configuration from running; sealed secrets count as filled in. */
export const errorsOf = (record: Pick<HelperRecord, 'helper_type' | 'config'>) => {
  const definition = definitionOf(record.helper_type);
  return definition === undefined
    ? [{ field: '', code: 'invalid' as const, message: `Unknown helper type: ${record.helper_type}` }]
    : configErrors(definition, record.config);
};

export function helperView(record: HelperRecord): HelperView {
  const definition = definitionOf(record.helper_type);
  return {
    helper_id: record._id,
    account_id: record.account_id,
    created_by: record.created_by,
    ...(record.connection_id !== undefined && { connection_id: record.connection_id }),
    short_key: record.short_key,
    name: record.name,
    description: record.description,
    helper_type: record.helper_type,
    category: record.category,
    status: record.status,
    config: definition === undefined ? {} : maskSecrets(definition, record.config),
    config_schema: definition === undefined ? {} : { ...formSchemaOf(definition) },
    config_errors: errorsOf(record),
    enabled: record.enabled,
    execution_count: record.execution_count,
    ...(record.last_executed_at && { last_executed_at: record.last_executed_at.toISOString() }),
    schedule_enabled: record.schedule_enabled,
    ...(record.cron_expression !== undefined && { cron_expression: record.cron_expression }),
    created_at: record.created_at.toISOString(),
    updated_at: record.updated_at.toISOString(),
    version: record.version,
  };
}
