import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localConfig } from '../deploy/local/config.mjs';
import { freePort } from '../tools/bootstrap/free-port.mjs';
import { runUnder } from '../tools/bootstrap/node24.mjs';
import { report } from '../tools/bootstrap/plain-error.mjs';
import { prepareProject } from '../tools/bootstrap/prepare.mjs';
import { startMongod, startNats } from '../tools/bootstrap/server-processes.mjs';
import { resolveServer } from '../tools/bootstrap/servers.mjs';

/** Runs a compiled bench on servers of its own, removed afterwards. @param main path below `dist/bench` */
export async function runOnOwnServers(main) {
  const folder = mkdtempSync(join(tmpdir(), 'mfh-bench-'));
  const servers = [];
  try {
    const { node, projectRoot } = await prepareProject({ log: (sentence) => console.error(sentence) });
    const { serversDir } = localConfig();
    // Always servers of its own: a shared one would be measured with whatever else it does.
    const env = { PATH: process.env.PATH };
    const [mongod, nats] = await Promise.all(
      ['mongod', 'nats-server'].map((name) => resolveServer(name, { env, cacheDir: serversDir, log: console.error })),
    );
    const place = async (name) => ({
      dataDir: join(folder, name),
      port: await freePort(),
      logFile: join(folder, `${name}.log`),
    });
    servers.push(await startMongod({ binary: mongod.binary, ...(await place('mongod')) }));
    servers.push(await startNats({ binary: nats.binary, ...(await place('nats')) }));
    const [{ url: mongoUrl, pid: mongodPid }, { url: natsUrl, pid: natsPid }] = servers;
    process.exitCode = await runUnder(node, [join(projectRoot, 'dist', 'bench', main), ...process.argv.slice(2)], {
      ...process.env,
      MFH_MONGO_URL: mongoUrl,
      MFH_NATS_URL: natsUrl,
      BENCH_MONGOD_PID: String(mongodPid),
      BENCH_NATS_PID: String(natsPid),
    });
  } catch (error) {
    process.exitCode = report(error);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}
