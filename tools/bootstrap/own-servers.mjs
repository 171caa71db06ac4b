import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localConfig } from '../../deploy/local/config.mjs';
import { freePort } from './free-port.mjs';
import { runUnder } from './node24.mjs';
import { report } from './plain-error.mjs';
import { prepareProject } from './prepare.mjs';
import { startMongod, startNats } from './server-processes.mjs';
import { resolveServer } from './servers.mjs';

/**
 * Runs a compiled program on servers of its own, removed afterwards, and ends with its exit code.
 * @param main path below `dist`
 * @param furtherEnv called with the project's folder once it is prepared; variables to add
 */
export async function runOnOwnServers(main, furtherEnv = () => Promise.resolve({})) {
  const folder = mkdtempSync(join(tmpdir(), 'mfh-servers-'));
  const servers = [];
  try {
    const { node, projectRoot } = await prepareProject({ log: (sentence) => console.error(sentence) });
    const further = await furtherEnv(projectRoot);
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
    process.exitCode = await runUnder(node, [join(projectRoot, 'dist', main), ...process.argv.slice(2)], {
      ...process.env,
      MFH_MONGO_URL: mongoUrl,
      MFH_NATS_URL: natsUrl,
      BENCH_MONGOD_PID: String(mongodPid),
      BENCH_NATS_PID: String(natsPid),
      ...further,
    });
  } catch (error) {
    process.exitCode = report(error);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}
