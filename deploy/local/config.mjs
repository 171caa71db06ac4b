import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Environment variable, default and meaning of every port of a local start. */
const PORTS = {
  gateway: ['MFH_GATEWAY_PORT', 8080],
  'sandbox-crm': ['MFH_SANDBOX_CRM_PORT', 8090],
  identity: ['MFH_IDENTITY_PORT', 8101],
  accounts: ['MFH_ACCOUNTS_PORT', 8102],
  'platforms-connections': ['MFH_PLATFORMS_CONNECTIONS_PORT', 8103],
  helpers: ['MFH_HELPERS_PORT', 8104],
  billing: ['MFH_BILLING_PORT', 8105],
  'helper-runner': ['MFH_HELPER_RUNNER_PORT', 8110],
  mongod: ['MFH_MONGOD_PORT', 27117],
  'nats-server': ['MFH_NATS_PORT', 4333],
};

/**
 * The one configuration of a local start and of test runs: ports, folders, URLs.
 * Every value has a default and can be overridden by the environment (docs/configuration.md lists them all).
 */
export function localConfig(env = process.env) {
  const dataDir = resolve(env.MFH_DATA_DIR ?? join(projectRoot, '.data'));
  const ports = Object.fromEntries(
    Object.entries(PORTS).map(([name, [variable, standard]]) => [name, portFrom(env, variable, standard)]),
  );
  return {
    projectRoot,
    dataDir,
    logsDir: join(dataDir, 'logs'),
    serversDir: resolve(env.MFH_SERVERS_DIR ?? join(projectRoot, '.data', 'servers')),
    ports,
    publicUrl: env.MFH_PUBLIC_URL ?? `http://127.0.0.1:${ports.gateway}`,
    sandboxUrl: env.MFH_SANDBOX_URL ?? `http://127.0.0.1:${ports['sandbox-crm']}`,
  };
}

function portFrom(env, variable, standard) {
  const text = env[variable];
  if (text === undefined || text === '') return standard;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${variable} must be a port between 1 and 65535, not "${text}".`);
}
