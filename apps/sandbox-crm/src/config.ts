import { z } from 'zod';
import { DEFAULT_HOOKS, type HookSettings } from './hooks/hook-settings.js';
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
  /** Where the app at GoHighLevel wants its webhooks, and the private key (PEM) that signs them. */
  MFH_SANDBOX_GOHIGHLEVEL_HOOK_URL: z.url().optional(),
  MFH_SANDBOX_GOHIGHLEVEL_HOOK_KEY: z.string().startsWith('-----BEGIN').optional(),
  /** Where the app at HubSpot wants its webhooks, and its client secret. */
  MFH_SANDBOX_HUBSPOT_HOOK_URL: z.url().optional(),
  MFH_SANDBOX_HUBSPOT_HOOK_SECRET: z.string().min(1).optional(),
  /** How many times faster than the vendors webhooks are sent and repeated. */
  MFH_SANDBOX_HOOK_SPEED: z.coerce.number().min(1).max(1_000_000).optional(),
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
    hooks: hooksOf(data),
    dataFile: data.MFH_SANDBOX_DATA,
  };
}

function hooksOf(data: z.output<typeof schema>): HookSettings {
  const { MFH_SANDBOX_GOHIGHLEVEL_HOOK_URL: url, MFH_SANDBOX_GOHIGHLEVEL_HOOK_KEY: privateKey } = data;
  const { MFH_SANDBOX_HUBSPOT_HOOK_URL: hubspotUrl, MFH_SANDBOX_HUBSPOT_HOOK_SECRET: secret } = data;
  return {
    ...(url !== undefined &&
      privateKey !== undefined && { gohighlevel: { url, privateKey: privateKey.replaceAll('\\n', '\n') } }),
    ...(hubspotUrl !== undefined && secret !== undefined && { hubspot: { url: hubspotUrl, secret } }),
    speed: data.MFH_SANDBOX_HOOK_SPEED ?? DEFAULT_HOOKS.speed,
  };
}

function keysOf(list: string): Record<string, string> {
  return Object.fromEntries(list.split(',').map((pair) => pair.split('=') as [string, string]));
}
