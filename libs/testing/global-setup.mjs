import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localConfig } from '../../deploy/local/config.mjs';
import { freePort } from '../../tools/bootstrap/free-port.mjs';
import { startMongod, startNats } from '../../tools/bootstrap/server-processes.mjs';
import { resolveServers } from '../../tools/bootstrap/servers.mjs';
import { findStandIns } from '../../tools/bootstrap/stand-ins.mjs';

/**
 * Starts one mongod (replica set of one) and one nats-server (JetStream on files) for the whole run.
 * Workers inherit MONGO_URL and NATS_URL; every suite separates itself by its own prefixes (`freshEnvironment`).
 * Suites that need a stand-in for a vendor start it themselves; "npm test" has put those in place where it can.
 * With MFH_MONGO_URL or MFH_NATS_URL set, that running server is used and left alone.
 */
export default async function globalSetup() {
  const { serversDir } = localConfig();
  const options = { cacheDir: serversDir, log: (sentence) => process.stderr.write(`${sentence}\n`) };
  Object.assign(process.env, await findStandIns({ cacheDir: serversDir, build: false }));
  const folder = mkdtempSync(join(tmpdir(), 'mfh-test-'));
  const found = await resolveServers(options);
  const [mongod, nats] = await Promise.all([
    run(found.mongod, startMongod, join(folder, 'mongo')),
    run(found.nats, startNats, join(folder, 'nats')),
  ]);
  process.env.MONGO_URL = process.env.MFH_MONGO_URL = mongod.url;
  process.env.NATS_URL = process.env.MFH_NATS_URL = nats.url;
  globalThis.startedTestServers = { folder, servers: [mongod, nats].filter((server) => server.stop) };
}

async function run(server, start, dataDir) {
  if (server.url) return server;
  mkdirSync(dataDir, { recursive: true });
  return start({ binary: server.binary, dataDir, port: await freePort(), logFile: `${dataDir}.log`, cacheGb: 0.25 });
}
