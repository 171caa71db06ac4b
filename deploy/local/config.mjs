import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError } from '../../tools/bootstrap/plain-error.mjs';

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Variables, defaults and meanings; `docs/configuration.md` is made from the same file. */
const SETTINGS = JSON.parse(readFileSync(new URL('./settings.json', import.meta.url), 'utf8'));

/** Services that `apps/standalone` runs in one process. */
export const STANDALONE_SERVICES = [
  'identity',
  'accounts',
  'platforms-connections',
  'helpers',
  'billing',
  'notifications',
];

/**
 * The one configuration of a local start and of test runs: ports, folders, URLs.
 * Every value has a default and gives way to the environment (docs/configuration.md lists them all).
 */
export function localConfig(env = process.env) {
  const dataDir = resolve(env.MFH_DATA_DIR ?? join(projectRoot, '.data'));
  const listeners = Object.entries(SETTINGS.ports);
  const ports = Object.fromEntries(listeners.map(([name, setting]) => [name, portFrom(env, setting)]));
  return {
    projectRoot,
    dataDir,
    logsDir: join(dataDir, 'logs'),
    serversDir: resolve(env.MFH_SERVERS_DIR ?? join(projectRoot, '.data', 'servers')),
    ports,
    portVariables: Object.fromEntries(listeners.map(([name, { variable }]) => [name, variable])),
    // One replica has no second copy: what was acknowledged must be on the disk.
    natsSync: env.MFH_NATS_SYNC ?? 'always',
    publicUrl: env.MFH_PUBLIC_URL ?? `http://127.0.0.1:${ports.gateway}`,
    sandboxUrl: env.MFH_SANDBOX_URL ?? `http://127.0.0.1:${ports['sandbox-crm']}`,
  };
}

function portFrom(env, { variable, default: standard }) {
  const text = env[variable];
  if (text === undefined || text === '') return standard;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new PlainError(`${variable} must be a port between 1 and 65535, not "${text}".`);
}

/** Where the servers of a local start are reached, unless the environment names others. */
export function serverUrls({ ports }, env = process.env) {
  return {
    mongoUrl: env.MFH_MONGO_URL ?? `mongodb://127.0.0.1:${ports.mongod}/?replicaSet=mfh`,
    natsUrl: env.MFH_NATS_URL ?? `nats://127.0.0.1:${ports['nats-server']}`,
  };
}

/**
 * What every process of a local start gets in its environment, besides what is set there already.
 * Throttles that would hinder trying things out are lifted; production defaults stay as they are.
 */
export function serviceEnvironment(config, { mongoUrl, natsUrl, secrets }, env = process.env) {
  const urls = STANDALONE_SERVICES.map((name) => [
    `MFH_${name.toUpperCase().replaceAll('-', '_')}_URL`,
    `http://127.0.0.1:${config.ports[name]}`,
  ]);
  const ports = Object.entries(config.ports).map(([name, port]) => [config.portVariables[name], String(port)]);
  return {
    NODE_ENV: 'production',
    MFH_MODE: 'development',
    MFH_HOST: '127.0.0.1',
    MFH_LIMITS: 'lifted',
    // Nothing stands for the vendors in production, and a service there refuses to be told so.
    MFH_CRMS: env.MFH_MODE === 'production' ? 'vendors' : 'sandbox',
    NODE_COMPILE_CACHE: join(config.dataDir, 'compile-cache'),
    MFH_PUBLIC_URL: config.publicUrl,
    MFH_SANDBOX_URL: config.sandboxUrl,
    MFH_OBJECTS_FOLDER: join(config.dataDir, 'objects'),
    // The demo's contacts keep their changes over a restart.
    MFH_SANDBOX_DATA: join(config.dataDir, 'sandbox-crm.json'),
    ...Object.fromEntries(urls),
    ...env,
    ...Object.fromEntries(ports),
    MFH_MONGO_URL: mongoUrl,
    MFH_NATS_URL: natsUrl,
    ...secrets,
  };
}
