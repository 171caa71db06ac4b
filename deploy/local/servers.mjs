import { join } from 'node:path';
import { PlainError } from '../../tools/bootstrap/plain-error.mjs';
import { portIsFree } from '../../tools/bootstrap/free-port.mjs';
import { startMongod, startNats } from '../../tools/bootstrap/server-processes.mjs';

const TITLES = { mongod: 'the MongoDB server', 'nats-server': 'the NATS server' };

/**
 * Refuses to start beside something that holds one of our ports, before anything is started.
 * @param names keys of `config.ports` that will be bound
 */
export async function requireFreePorts(config, names) {
  for (const name of names) {
    const port = config.ports[name];
    if (await portIsFree(port)) continue;
    throw new PlainError(
      `Port ${port} (${TITLES[name] ?? name}) is taken by another program: stop that program, or set ` +
        `${config.portVariables[name]} to a free port.`,
    );
  }
}

/**
 * Starts what is not running yet, with its data in the data folder.
 * @param onLaunch called with each process as soon as it exists
 */
export function startServers(config, { mongod, nats }, onLaunch) {
  const options = (name) => ({
    dataDir: join(config.dataDir, name),
    port: config.ports[name],
    logFile: join(config.logsDir, `${name}.log`),
    onLaunch,
  });
  return Promise.all([
    mongod.url ? mongod : startMongod({ binary: mongod.binary, ...options('mongod') }),
    nats.url ? nats : startNats({ binary: nats.binary, sync: config.natsSync, ...options('nats-server') }),
  ]);
}
