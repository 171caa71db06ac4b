import { z } from 'zod';
import type { SandboxOptions } from './sandbox-options.js';

const port = z.coerce.number().int().min(0).max(65_535).optional();

const schema = z.object({
  MFH_HOST: z.string().min(1).optional(),
  MFH_SANDBOX_PORT: port,
  /** The name by which a local start gives every process its port. */
  MFH_SANDBOX_CRM_PORT: port,
  MFH_SANDBOX_SEED: z.coerce.number().int().optional(),
  MFH_SANDBOX_CONTACTS: z.coerce.number().int().min(0).max(1_000_000).optional(),
  MFH_SANDBOX_ADMIN_SECRET: z.string().min(8).optional(),
  MFH_SANDBOX_CLIENT_ID: z.string().min(1).optional(),
  MFH_SANDBOX_CLIENT_SECRET: z.string().min(8).optional(),
  /** Lifetime of an access token. */
  MFH_SANDBOX_TOKEN_SECONDS: z.coerce.number().int().min(1).optional(),
  /** `as-vendors` refuses too many calls as each vendor does. */
  MFH_SANDBOX_LIMITS: z.enum(['lifted', 'as-vendors']).optional(),
  /** `key=connection,...`: keys beside the documented ones. */
  MFH_SANDBOX_KEYS: z
    .string()
    .regex(/^([^\s,=]+=[^\s,=]+)(,[^\s,=]+=[^\s,=]+)*$/, 'must look like key=connection,key=connection')
    .optional(),
  /** File that keeps changes over a restart. */
  MFH_SANDBOX_DATA: z.string().min(1).optional(),
});

/** Reads the settings from the environment; everything that is wrong stands in one error. */
export function loadSandboxOptions(environment: NodeJS.ProcessEnv): SandboxOptions {
  const result = schema.safeParse(environment);
  if (!result.success) throw new Error(`The sandbox CRM cannot start:\n${z.prettifyError(result.error)}`);
  const { data } = result;
  return {
    host: data.MFH_HOST,
    port: data.MFH_SANDBOX_PORT ?? data.MFH_SANDBOX_CRM_PORT,
    seed: data.MFH_SANDBOX_SEED,
    contacts: data.MFH_SANDBOX_CONTACTS,
    adminSecret: data.MFH_SANDBOX_ADMIN_SECRET,
    clientId: data.MFH_SANDBOX_CLIENT_ID,
    clientSecret: data.MFH_SANDBOX_CLIENT_SECRET,
    tokenLifetimeSeconds: data.MFH_SANDBOX_TOKEN_SECONDS,
    limits: data.MFH_SANDBOX_LIMITS,
    keys: data.MFH_SANDBOX_KEYS === undefined ? undefined : keysOf(data.MFH_SANDBOX_KEYS),
    dataFile: data.MFH_SANDBOX_DATA,
  };
}

function keysOf(list: string): Record<string, string> {
  return Object.fromEntries(list.split(',').map((pair) => pair.split('=') as [string, string]));
}
