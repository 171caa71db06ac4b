import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { waitFor } from './wait-for.js';

export interface ServiceProcessOptions {
  /** Folder name under `apps/`. */
  app: string;
  /** Added to this process's environment. */
  env: Readonly<Record<string, string>>;
  /** Base URL whose `/readyz` answers 200 when the process is ready. */
  url: string;
  /** Longest start in milliseconds (30,000). */
  startDeadlineMs?: number;
}

/** How a process ended: one of the two is null. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A built service running as a process of its own, to be killed at will. */
export interface ServiceProcess {
  readonly pid: number;
  readonly url: string;
  /** Everything it has written to stdout and stderr so far. */
  output(): string;
  readonly exited: Promise<Exit>;
  /** Ends it at once, as a crash would (`kill -9`), and waits until it is gone. */
  crash(): Promise<Exit>;
  /** Asks it to stop (SIGTERM) and waits until it is gone; kills it after `deadlineMs` (28,000). */
  stop(deadlineMs?: number): Promise<Exit>;
}

/**
 * Starts `dist/apps/<app>/src/main.js` under this Node and waits until it is ready.
 * The project must be built (`npm run build`; `npm test` does so).
 * @throws Error with the process's output when it ends early or is not ready in time
 */
export async function startServiceProcess(options: ServiceProcessOptions): Promise<ServiceProcess> {
  const root = projectRoot();
  const main = join(root, 'dist', 'apps', options.app, 'src', 'main.js');
  if (!existsSync(main)) throw new Error(`${main} does not exist: build the project first (npm run build).`);
  const telemetry = join(root, 'dist', 'libs', 'telemetry', 'src', 'register.js');
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', telemetry, main], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const service = watch(child, options.url);
  try {
    await becomeReady(service, options);
  } catch (error) {
    await service.crash();
    throw new Error(`${options.app} did not become ready. Its output:\n${service.output().slice(-4_000)}`, {
      cause: error,
    });
  }
  return service;
}

function watch(child: ChildProcess, url: string): ServiceProcess {
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve({ code: null, signal: null });
    });
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  // A test run that ends early must not leave services behind.
  const killOnExit = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killOnExit);
  void exited.then(() => process.off('exit', killOnExit));

  return {
    pid: child.pid ?? -1,
    url,
    output: () => output,
    exited,
    crash: () => {
      child.kill('SIGKILL');
      return exited;
    },
    stop: async (deadlineMs = 28_000) => {
      child.kill('SIGTERM');
      const last = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
      const exit = await exited;
      clearTimeout(last);
      return exit;
    },
  };
}

async function becomeReady(service: ServiceProcess, options: ServiceProcessOptions): Promise<void> {
  const ended = service.exited.then(({ code, signal }) => {
    throw new Error(`It ended with ${signal ?? `code ${code}`}.`);
  });
  const ready = waitFor(async () => (await fetch(`${options.url}/readyz`)).status === 200, {
    deadlineMs: options.startDeadlineMs ?? 30_000,
    everyMs: 50,
    what: `${options.url}/readyz`,
  });
  await Promise.race([ready, ended]);
}

/** The folder that holds package.json, looking upwards from the working directory. */
export function projectRoot(): string {
  let folder = process.cwd();
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
