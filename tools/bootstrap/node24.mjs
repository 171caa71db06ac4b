import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fetchArchive } from './fetch-archive.mjs';
import { PlainError } from './plain-error.mjs';

const MAJOR = 24;
const VERSION = '24.21.0';

/**
 * Finds a Node of the major version that the product runs on: this one, the packaged one, one on the PATH,
 * one fetched earlier; else fetches the official archive (only where no packaged one exists, as on macOS).
 * @returns path of the program
 */
export async function findNode24(projectRoot, cacheDir, log) {
  const fetched = join(cacheDir, 'node', 'node');
  const candidates = [
    process.execPath,
    join(projectRoot, 'node_modules', '.bin', 'node'),
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node')),
    fetched,
  ];
  for (const candidate of candidates) {
    if (majorOf(candidate) === MAJOR) return candidate;
  }
  log(`Fetching Node.js ${VERSION} (once, into ${cacheDir}) ...`);
  try {
    await fetchNode(fetched);
  } catch (error) {
    throw new PlainError(`Node.js ${MAJOR} is needed here and could not be fetched: install it (${error.message}).`);
  }
  return fetched;
}

function majorOf(program) {
  if (program === process.execPath) return Number(process.versions.node.split('.')[0]);
  if (!existsSync(program)) return undefined;
  const run = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return run.status === 0 ? Number(run.stdout.trim().slice(1).split('.')[0]) : undefined;
}

async function fetchNode(target) {
  const folder = join(target, '..');
  const staging = `${folder}.${process.pid}`;
  const release = `https://nodejs.org/dist/v${VERSION}`;
  const archive = `${release}/node-v${VERSION}-${process.platform}-${process.arch}.tar.gz`;
  try {
    const source = { url: archive, checksumUrl: `${release}/SHASUMS256.txt` };
    const unpacked = await fetchArchive(source, staging, 'bin/node');
    mkdirSync(folder, { recursive: true });
    renameSync(unpacked, target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Runs a script under another Node as if it had been started there: same terminal, same end.
 * Ctrl-C reaches the script by itself (same terminal); this process only waits for it.
 * @returns the exit code
 */
export function runUnder(node, args, env = process.env) {
  const child = spawn(node, args, { stdio: 'inherit', env });
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', () => {});
  process.on('SIGTERM', pass);
  process.on('SIGHUP', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
