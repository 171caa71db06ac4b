import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../../tools/bootstrap/child-process.mjs';
import { STANDALONE_SERVICES } from './config.mjs';

const LARGEST_LOG = 20 * 1024 * 1024;

/** The processes of a local start, in the order in which they may be stopped: the edge first. */
export const PROCESSES = [
  { name: 'gateway', app: 'gateway', listens: ['gateway'] },
  { name: 'helper-runner', app: 'helper-runner', listens: ['helper-runner'] },
  { name: 'services', app: 'standalone', listens: STANDALONE_SERVICES },
  { name: 'sandbox-crm', app: 'sandbox-crm', listens: ['sandbox-crm'] },
];

/**
 * Starts one of them and waits until everything it listens for says that it is ready.
 * @returns what `launch` returns
 */
export function startProcess({ name, app }, config, node, env) {
  const logFile = join(config.logsDir, `${name}.log`);
  if (existsSync(logFile) && statSync(logFile).size > LARGEST_LOG) renameSync(logFile, `${logFile}.1`);
  const telemetry = join(config.projectRoot, 'dist', 'libs', 'telemetry', 'src', 'register.js');
  const main = join(config.projectRoot, 'dist', 'apps', app, 'src', 'main.js');
  // The data folder on the command line tells ours from another program when a start cleans up after a crash.
  const args = ['--enable-source-maps', '--import', telemetry, main, `--data=${config.dataDir}`];
  return launch(name, node, args, { logFile, env, cwd: config.projectRoot });
}

/** True when `/readyz` answers 200 on every port of the process. */
export async function isReady({ listens }, config) {
  for (const name of listens) {
    try {
      const answer = await fetch(`http://127.0.0.1:${config.ports[name]}/readyz`, {
        signal: AbortSignal.timeout(2_000),
      });
      await answer.arrayBuffer();
      if (answer.status !== 200) return false;
    } catch {
      // Not listening yet; the caller has the deadline.
      return false;
    }
  }
  return true;
}
