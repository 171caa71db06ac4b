import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { PlainError } from './plain-error.mjs';
import { ensureReplicaSet } from './replica-set.mjs';

const HOST = '127.0.0.1';

/**
 * Starts mongod as a replica set of one (transactions and change streams need a replica set).
 * @param options `binary`, `dataDir` (kept), `port`, `logFile`, `cacheGb` (WiredTiger cache)
 * @returns `{url, pid, exited, stop()}` once it is primary; `exited` resolves to a sentence when it ends by itself
 */
export async function startMongod({ binary, dataDir, port, logFile, cacheGb = 0.5 }) {
  mkdirSync(dataDir, { recursive: true });
  const server = launch('mongod', binary, logFile, [
    ...['--dbpath', dataDir, '--port', String(port), '--bind_ip', HOST, '--replSet', 'mfh'],
    ...['--wiredTigerCacheSizeGB', String(cacheGb), '--nounixsocket', '--quiet'],
  ]);
  await server.ready(() => accepts(port));
  await server.ready(() => ensureReplicaSet(HOST, port));
  return { url: `mongodb://${HOST}:${port}/?replicaSet=mfh`, ...server };
}

/**
 * Starts nats-server with JetStream on files.
 * @param options `binary`, `dataDir` (kept), `port`, `logFile`
 * @returns as startMongod
 */
export async function startNats({ binary, dataDir, port, logFile }) {
  mkdirSync(dataDir, { recursive: true });
  const configFile = join(dataDir, 'nats-server.conf');
  writeFileSync(
    configFile,
    [
      `listen: "${HOST}:${port}"`,
      'max_payload: 2MB',
      `jetstream { store_dir: ${JSON.stringify(join(dataDir, 'jetstream'))} }`,
      '',
    ].join('\n'),
  );
  const server = launch('nats-server', binary, logFile, ['--config', configFile]);
  await server.ready(() => speaksNats(port));
  return { url: `nats://${HOST}:${port}`, ...server };
}

function launch(name, binary, logFile, args) {
  const log = openSync(logFile, 'a');
  // Own process group: Ctrl-C at the terminal must reach the supervisor first, which stops things in order.
  const child = spawn(binary, args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  let ended;
  let stopping = false;
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve((ended = `${name} could not be started: ${error.message}.`)));
    child.once('exit', (code, signal) => {
      ended = `${name} ended with ${signal ?? `code ${code}`}; its last words are in ${logFile}.`;
      resolve(ended);
    });
  });
  process.once('exit', () => {
    if (!ended) child.kill('SIGKILL');
  });

  return {
    pid: child.pid,
    exited: exited.then((sentence) => (stopping ? undefined : sentence)),
    async ready(check) {
      const deadline = Date.now() + 30_000;
      while (!(await check())) {
        if (ended) throw new PlainError(`${ended} ${lastLine(logFile)}`);
        if (Date.now() > deadline) {
          child.kill('SIGKILL');
          throw new PlainError(`${name} was not ready after 30 seconds; see ${logFile}.`);
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    async stop(signal = 'SIGTERM') {
      stopping = true;
      if (ended) return;
      child.kill(signal);
      const last = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await exited;
      clearTimeout(last);
    },
  };
}

function lastLine(file) {
  const text = readFileSync(file, 'utf8').trim();
  return text.slice(text.lastIndexOf('\n') + 1).slice(0, 400);
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
