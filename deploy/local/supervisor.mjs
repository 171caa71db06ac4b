import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { report } from '../../tools/bootstrap/plain-error.mjs';
import { resolveServers } from '../../tools/bootstrap/servers.mjs';
import { addresses } from './addresses.mjs';
import { localConfig, serviceEnvironment } from './config.mjs';
import { runDemo } from './demo/demo.mjs';
import { takeInstanceLock } from './instance-lock.mjs';
import { endLeftovers } from './leftovers.mjs';
import { PROCESSES, isReady, startProcess } from './processes.mjs';
import { localSecrets } from './secrets.mjs';
import { requireFreePorts, startServers } from './servers.mjs';
import { startOptions } from './start-options.mjs';

/**
 * Runs the whole system on one machine: servers, sandbox CRM, services, runner, gateway. Ctrl-C stops everything
 * in order and leaves the data. A process that ends by itself ends the whole, with a sentence saying which.
 */
const started = Date.now();
const say = (text = '') => console.log(text);
const running = [];
let lock;
let stopping;

function stopEverything() {
  stopping ??= (async () => {
    // Requests first, data last: nothing may be cut off from what it still needs.
    const order = [...PROCESSES.map(({ name }) => name), 'nats-server', 'mongod'];
    for (const name of order) await running.find((process) => process.name === name)?.stop();
    lock?.release();
  })();
  return stopping;
}

async function main() {
  const options = startOptions(process.argv.slice(2));
  const config = localConfig();
  mkdirSync(config.logsDir, { recursive: true });
  lock = await takeInstanceLock(join(config.dataDir, 'instance.json'), config.publicUrl);
  await endLeftovers(lock.leftovers, config.dataDir, say);

  const servers = await resolveServers({ cacheDir: config.serversDir, log: say });
  const ownServers = [!servers.mongod.url && 'mongod', !servers.nats.url && 'nats-server'].filter(Boolean);
  await requireFreePorts(config, [...PROCESSES.flatMap(({ listens }) => listens), ...ownServers]);

  say('Starting ...');
  const [mongod, nats] = await startServers(config, servers, watch);
  const given = { mongoUrl: mongod.url, natsUrl: nats.url, secrets: localSecrets(config.dataDir) };
  const env = serviceEnvironment(config, given, options.env);
  const processes = PROCESSES.map((entry) => ({
    entry,
    process: watch(startProcess(entry, config, process.execPath, env)),
  }));
  await Promise.all(processes.map(({ entry, process }) => process.ready(() => isReady(entry, config), 60)));

  say(`Ready after ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
  if (options.demo) await runDemo({ config, env, say });
  for (const line of addresses(config, env)) say(line);
}

function watch(child) {
  running.push(child);
  lock.record(child.name, child.pid);
  void child.exited.then(async (sentence) => {
    if (sentence === undefined || stopping) return;
    console.error(`\n${sentence} Everything else is being stopped.`);
    await stopEverything();
    process.exit(1);
  });
  return child;
}

/** One Ctrl-C may arrive several times: from the terminal, and again from what started us. */
const ONE_KEYSTROKE_MS = 1_000;
let signalledAt;

async function onSignal() {
  if (signalledAt !== undefined) {
    if (Date.now() - signalledAt < ONE_KEYSTROKE_MS) return;
    console.error('Stopping at once.');
    process.exit(130);
  }
  signalledAt = Date.now();
  say('\nStopping ...');
  await stopEverything();
  say('Stopped. The data is kept for the next start.');
  process.exit(0);
}

process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
process.on('SIGHUP', onSignal);

try {
  await main();
} catch (error) {
  if (!stopping) {
    const code = report(error);
    await stopEverything();
    process.exit(code);
  }
}
