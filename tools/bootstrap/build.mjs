import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PlainError } from './plain-error.mjs';

const SOURCE_FOLDERS = ['apps', 'libs', 'tools', 'bench', 'deploy'];
const SETTINGS = ['package.json', 'tsconfig.base.json', 'tsconfig.build.json', 'package-lock.json'];

/**
 * Compiles the TypeScript sources into `dist/` unless that is up to date.
 * Types are not checked here: what comes out is the same, a start must not wait for it, and `npm run check` does it.
 * @returns true when it compiled
 */
export function buildProject(projectRoot, node, log) {
  const sources = sourcesOf(projectRoot);
  const stamp = join(projectRoot, 'dist', '.sources.sha256');
  const wanted = digest(projectRoot, [...SETTINGS, ...sources]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;

  const started = Date.now();
  const compiler = join(projectRoot, 'node_modules', 'typescript7', 'bin', 'tsc');
  const run = spawnSync(node, [compiler, '-p', 'tsconfig.build.json', '--noCheck'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    throw new PlainError(`The sources do not compile:\n${`${run.stdout}${run.stderr}`.trim()}`);
  }
  removeStale(projectRoot, new Set(sources));
  mkdirSync(join(projectRoot, 'dist'), { recursive: true });
  writeFileSync(stamp, wanted);
  log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  return true;
}

function sourcesOf(projectRoot) {
  return SOURCE_FOLDERS.filter((folder) => existsSync(join(projectRoot, folder)))
    .flatMap((folder) =>
      readdirSync(join(projectRoot, folder), { recursive: true })
        .filter((file) => /\.(ts|json)$/.test(file) && !file.endsWith('.spec.ts'))
        .map((file) => join(folder, file)),
    )
    .sort((a, b) => (a < b ? -1 : 1));
}

function digest(projectRoot, files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(projectRoot, file)))
      .update('\0');
  return hash.digest('hex');
}

/** What was compiled from a file that is gone must not be found by anything that looks through folders. */
function removeStale(projectRoot, sources) {
  const dist = join(projectRoot, 'dist');
  for (const file of readdirSync(dist, { recursive: true })) {
    const source = file.replace(/\.js(\.map)?$/, '.ts');
    if (source !== file && !sources.has(source)) rmSync(join(dist, relative('.', file)));
  }
}
