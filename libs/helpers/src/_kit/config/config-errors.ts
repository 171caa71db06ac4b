import type { z } from 'zod';
import type { HelperDefinition } from '../define-helper.js';
import { SERVICE_CONNECTIONS_OPTION } from '../service-connections.js';
import { conformConfig, normalizeConfig } from './normalize-config.js';

/**
 * One thing wrong with a configuration. `missing`: not filled in yet, so that a helper may be saved as a draft;
 * `invalid`: a value that can never work.
 */
export interface ConfigError {
  /** Dotted path of the option, `''` for the configuration as a whole. */
  field: string;
  code: 'missing' | 'invalid';
  message: string;
}

type ConfigSource = Pick<HelperDefinition, 'config' | 'aliases' | 'reshape'>;

function isMissing(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'custom') return issue.params?.['missing'] === true;
  if (issue.code === 'too_small') return issue.origin === 'array' || issue.origin === 'string';
  return 'input' in issue ? issue.input === undefined : false;
}

function toConfigError(issue: z.core.$ZodIssue): ConfigError {
  const missing = isMissing(issue);
  return {
    field: issue.path.map(String).join('.'),
    code: missing ? 'missing' : 'invalid',
    message: missing && 'input' in issue && issue.input === undefined ? 'Required' : issue.message,
  };
}

const NAMES_CONNECTIONS = 'Must name the id of a connection for each service';

/** What is wrong with the choice of service connections, which every type accepts beside its own options. */
function serviceChoiceErrors(raw: unknown): ConfigError[] {
  const chosen: unknown = (raw as Record<string, unknown> | null | undefined)?.[SERVICE_CONNECTIONS_OPTION];
  if (chosen === undefined || chosen === null || chosen === '') return [];
  const invalid = (field: string): ConfigError => ({ field, code: 'invalid', message: NAMES_CONNECTIONS });
  if (typeof chosen !== 'object' || Array.isArray(chosen)) return [invalid(SERVICE_CONNECTIONS_OPTION)];
  return Object.entries(chosen)
    .filter(([, id]) => id !== null && typeof id !== 'string')
    .map(([slug]) => invalid(`${SERVICE_CONNECTIONS_OPTION}.${slug}`));
}

export type ParsedConfig<Config> = { ok: true; config: Config } | { ok: false; errors: ConfigError[] };

export interface ConfigJudgement {
  /** Fill in what forms show selected and do not send. Off: the configuration alone is judged. */
  preselect?: boolean;
}

/**
 * Normalises and validates a configuration as it was received or stored.
 * @returns what a helper's `run` receives, or everything that is wrong
 */
export function parseConfig<Schema extends z.ZodType>(
  definition: ConfigSource & { config: Schema },
  raw: unknown,
  { preselect = true }: ConfigJudgement = {},
): ParsedConfig<z.output<Schema>> {
  const config = preselect ? normalizeConfig(definition, raw) : conformConfig(definition, raw);
  const parsed = definition.config.safeParse(config, { reportInput: true });
  const errors = [...serviceChoiceErrors(raw), ...(parsed.success ? [] : parsed.error.issues.map(toConfigError))];
  return parsed.success && errors.length === 0 ? { ok: true, config: parsed.data } : { ok: false, errors };
}

/** What keeps a configuration from being run; empty when nothing does. All of them `missing`: a draft. */
export function configErrors(definition: ConfigSource, raw: unknown, judgement: ConfigJudgement = {}): ConfigError[] {
  const parsed = parseConfig(definition, raw, judgement);
  return parsed.ok ? [] : parsed.errors;
}
