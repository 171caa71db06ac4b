import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from './plain-error.mjs';
import { runCommand } from './run-command.mjs';

/**
 * Installs the packages of package-lock.json unless exactly these are there already.
 * npm leaves a lock of its own inside node_modules as the last step of an installation; comparing the two
 * notices a changed lock, an interrupted installation and one that was made by hand.
 */
export async function installPackages(projectRoot, log) {
  if (installationFits(projectRoot)) return;
  log('Installing packages (npm ci) ...');
  const [program, ...first] = npmCommand();
  const { ok, output, seconds } = await runCommand(program, [...first, 'ci', '--no-audit', '--no-fund'], {
    cwd: projectRoot,
  });
  if (!ok) {
    throw new PlainError(`Packages could not be installed: run "npm ci" to see why.\n${firstErrors(output)}`);
  }
  log(`Packages installed in ${seconds.toFixed(1)} s.`);
}

function firstErrors(text) {
  const lines = text.split('\n').filter((line) => line.startsWith('npm error '));
  return (lines.length > 0 ? lines : text.split('\n')).slice(0, 6).join('\n');
}

/** True when every package that the lock demands on this system is installed in the demanded version. */
export function installationFits(projectRoot) {
  const installed = readLock(join(projectRoot, 'node_modules', '.package-lock.json'));
  const wanted = readLock(join(projectRoot, 'package-lock.json'));
  if (!installed || !wanted) return false;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '' || (entry.optional && !fitsThisSystem(entry))) return true;
    const found = installed.packages[path];
    // Among optional packages npm also weighs the C library, which the lock alone does not tell.
    if (found === undefined) return Boolean(entry.optional || entry.devOptional);
    return found.version === entry.version && existsSync(join(projectRoot, path));
  });
}

function fitsThisSystem({ os, cpu }) {
  return (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));
}

function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** npm tells its scripts where it is; started without npm, the one on the PATH serves. */
function npmCommand() {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
}
