import { z } from 'zod';

/** Start-up settings are wrong: the message lists every fault at once, so that one restart is enough. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(`The configuration is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

type Environment = Record<string, string | undefined>;

/** An empty variable counts as absent: `FOO=` in an environment file means "not set". */
function presentOnly(env: Environment): Record<string, string> {
  const present: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && value !== '') present[name] = value;
  }
  return present;
}

const faultsOf = (error: z.ZodError): string[] =>
  error.issues.map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message));

/**
 * Reads settings from the environment.
 * @param schema an object schema whose keys are variable names
 * @throws ConfigError that lists all faults
 */
export function loadConfig<Schema extends z.ZodType>(schema: Schema, env: Environment = process.env): z.output<Schema> {
  const result = schema.safeParse(presentOnly(env));
  if (!result.success) throw new ConfigError(faultsOf(result.error));
  return result.data;
}

/**
 * Checks the schemas of a service and its libraries together.
 * @throws ConfigError that lists the faults of all of them
 */
export function checkConfig(schemas: readonly z.ZodType[], env: Environment = process.env): void {
  const present = presentOnly(env);
  const faults = schemas.flatMap((schema) => {
    const result = schema.safeParse(present);
    return result.success ? [] : faultsOf(result.error);
  });
  if (faults.length > 0) throw new ConfigError([...new Set(faults)]);
}
