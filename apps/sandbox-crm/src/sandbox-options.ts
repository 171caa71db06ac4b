import type { OAuthClient } from './access/authorization-request.js';
import {
  DEFAULT_ADMIN_SECRET,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  DEFAULT_CONTACTS,
  DEFAULT_HOST,
  DEFAULT_PORT,
  DEFAULT_SEED,
} from './demo-facts.js';
import { DEFAULT_HOOKS, type HookSettings } from './hooks/hook-settings.js';
import type { SandboxLimits } from './meters/meters.js';
import type { SeedSettings } from './seed/seed-crm.js';

export interface SandboxSettings extends SeedSettings, OAuthClient {
  host: string;
  port: number;
  adminSecret: string;
  /** Keys beside the demo key and `sandbox-key-<name>`: key -> name of the connection. */
  keys: Readonly<Record<string, string>>;
  /** How long an access token is good. */
  tokenLifetimeSeconds: number;
  /** Whether calls are counted and refused as each vendor does. */
  limits: SandboxLimits;
  /** Where and how fast changes of contacts are told. */
  hooks: HookSettings;
  /** Where changes are kept over a restart; absent = in memory only. */
  dataFile: string | undefined;
  /** How many effects and requests are kept for reading. */
  effectLogSize: number;
  requestLogSize: number;
  /** Told about a failure in the background, such as a full disk. */
  onError: (error: unknown) => void;
}

export type SandboxOptions = { [K in keyof SandboxSettings]?: SandboxSettings[K] | undefined };

const DEFAULTS: SandboxSettings = {
  host: DEFAULT_HOST,
  port: DEFAULT_PORT,
  seed: DEFAULT_SEED,
  contacts: DEFAULT_CONTACTS,
  adminSecret: DEFAULT_ADMIN_SECRET,
  keys: {},
  clientId: DEFAULT_CLIENT_ID,
  clientSecret: DEFAULT_CLIENT_SECRET,
  tokenLifetimeSeconds: 3600,
  limits: 'lifted',
  hooks: DEFAULT_HOOKS,
  dataFile: undefined,
  effectLogSize: 200_000,
  requestLogSize: 50_000,
  onError: (error) => process.emitWarning(error instanceof Error ? error : String(error)),
};

export function completeOptions(options: SandboxOptions): SandboxSettings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}
