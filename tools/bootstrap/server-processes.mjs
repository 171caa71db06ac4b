import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { launch } from './child-process.mjs';
import { ensureReplicaSet } from './replica-set.mjs';

const HOST = '127.0.0.1';

/**
 * Starts mongod as a replica set of one (transactions and change streams need a replica set).
 * @param options `binary`, `dataDir` (kept), `port`, `logFile`, `cacheGb` (WiredTiger cache), `onLaunch` (called with
 *   the process before it is ready)
 * @returns `{url, ...process}` once it is primary; `process` as `launch` gives it
 */
export async function startMongod({ binary, dataDir, port, logFile, cacheGb = 0.5, onLaunch }) {
  mkdirSync(dataDir, { recursive: true });
  const server = launch(
    'mongod',
    binary,
    [
      ...['--dbpath', dataDir, '--port', String(port), '--bind_ip', HOST, '--replSet', 'mfh'],
      ...['--wiredTigerCacheSizeGB', String(cacheGb), '--nounixsocket', '--quiet'],
    ],
    { logFile },
  );
  onLaunch?.(server);
  await server.ready(() => accepts(port));
  await server.ready(() => ensureReplicaSet(HOST, port));
  return { url: `mongodb://${HOST}:${port}/?replicaSet=mfh`, ...server };
}

/**
 * Starts nats-server with JetStream on files.
 * @param options as for startMongod, and `sync`: `always` writes every message through to the disk before it is
 *   acknowledged, a duration as `2m` leaves that to the operating system for so long
 * @returns as startMongod
 */
export async function startNats({ binary, dataDir, port, logFile, sync = '2m', onLaunch }) {
  mkdirSync(dataDir, { recursive: true });
  const configFile = join(dataDir, 'nats-server.conf');
  writeFileSync(
    configFile,
    [
      `listen: "${HOST}:${port}"`,
      'max_payload: 2MB',
      `jetstream { store_dir: ${JSON.stringify(join(dataDir, 'jetstream'))}, sync_interval: ${JSON.stringify(sync)} }`,
      '',
    ].join('\n'),
  );
  const server = launch('nats-server', binary, ['--config', configFile], { logFile });
  onLaunch?.(server);
  await server.ready(() => speaksNats(port));
  return { url: `nats://${HOST}:${port}`, ...server };
}

function accepts(port) {
  return conversation(port, () => true);
}

/** A NATS server greets with an INFO line; JetStream is up when that line says so. */
function speaksNats(port) {
  return conversation(port, undefined, (text) => text.startsWith('INFO') && text.includes('"jetstream":true'));
}

function conversation(port, onConnect, onData) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: HOST });
    const answer = (value) => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(2_000, () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('connect', () => onConnect && answer(onConnect()));
    socket.once('data', (chunk) => onData && answer(onData(chunk.toString('utf8'))));
  });
}
