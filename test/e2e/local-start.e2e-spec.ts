import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort, projectRoot, waitFor } from '#testing';

/** The settings of `npm start` that must not meet those of a system that runs on this machine. */
const PORTS = [
  'MFH_GATEWAY_PORT',
  'MFH_SANDBOX_CRM_PORT',
  'MFH_IDENTITY_PORT',
  'MFH_ACCOUNTS_PORT',
  'MFH_PLATFORMS_CONNECTIONS_PORT',
  'MFH_HELPERS_PORT',
  'MFH_BILLING_PORT',
  'MFH_NOTIFICATIONS_PORT',
  'MFH_HELPER_RUNNER_PORT',
  'MFH_MONGOD_PORT',
  'MFH_NATS_PORT',
];
const START_MS = 90_000;
const SERVING = 'Ctrl-C stops everything';

const root = projectRoot();
const started: Start[] = [];
let dataDir: string;
let env: NodeJS.ProcessEnv;

/** One `npm start`, without the bootstrap that comes before it. */
class Start {
  output = '';
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcess;

  constructor(...options: string[]) {
    this.#process = spawn(process.execPath, ['deploy/local/supervisor.mjs', ...options], { cwd: root, env });
    const collect = (chunk: Buffer): void => {
      this.output += chunk.toString('utf8');
    };
    this.#process.stdout?.on('data', collect);
    this.#process.stderr?.on('data', collect);
    this.exited = new Promise((resolve) => this.#process.once('exit', (code) => resolve(code)));
    started.push(this);
  }

  async serves(): Promise<void> {
    const ended = this.exited.then((code) => {
      throw new Error(`It ended with ${code}:\n${this.output}`);
    });
    const serving = waitFor(() => this.output.includes(SERVING), { deadlineMs: START_MS, what: `serving:\n` });
    await Promise.race([serving, ended]);
  }

  signal(name: NodeJS.Signals): Promise<number | null> {
    this.#process.kill(name);
    return this.exited;
  }
}

const Recorded = z.object({ processes: z.array(z.object({ name: z.string(), pid: z.number() })) });
const processesOf = (file: string) => Recorded.parse(JSON.parse(readFileSync(file, 'utf8'))).processes;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // No such process.
    return false;
  }
}

async function scoreOfAda(): Promise<unknown> {
  const url = `http://127.0.0.1:${env['MFH_SANDBOX_CRM_PORT']}/_admin/contacts/1001`;
  const answer = await fetch(url, { headers: { 'x-sandbox-admin': 'sandbox-admin' } });
  return ((await answer.json()) as { custom_fields_by_label: Record<string, unknown> }).custom_fields_by_label['Score'];
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mfh-local-start-'));
  // Servers of its own: with the addresses of the test run's servers in its environment it would use those.
  const { MFH_MONGO_URL: _mongo, MFH_NATS_URL: _nats, ...inherited } = process.env;
  const ports = await Promise.all(PORTS.map(async (name) => [name, String(await freePort())] as const));
  const serversDir = inherited['MFH_SERVERS_DIR'] ?? join(root, '.data', 'servers');
  env = { ...inherited, ...Object.fromEntries(ports), MFH_DATA_DIR: dataDir, MFH_SERVERS_DIR: serversDir };
});

afterAll(async () => {
  await Promise.all(started.map((start) => start.signal('SIGTERM')));
  rmSync(dataDir, { recursive: true, force: true });
});

describe('npm start', () => {
  it('shows the product on the first start, then serves', async () => {
    const start = new Start();
    await start.serves();
    expect(start.output).toMatch(/Contact 1001 \(Ada Marsh\) before: Score = 22/);
    expect(start.output).toMatch(/< 202 Accepted\n< x-trace-id: [0-9a-f]{32}\n/);
    expect(start.output).toMatch(/event execution\.updated: pending[\s\S]*event execution\.updated: completed after/);
    expect(start.output).toMatch(/Contact 1001 \(Ada Marsh\) after: Score = 32/);
    expect(start.output).toMatch(/Keap, GoHighLevel, .*: the sandbox CRM stands for all five\n.*sandbox-demo-key/);
    for (const path of ['/docs', '/readyz']) {
      const url = `http://127.0.0.1:${env['MFH_GATEWAY_PORT']}${path}`;
      expect(start.output).toContain(url);
      expect((await fetch(url)).status).toBe(200);
    }

    const second = new Start();
    expect(await second.exited).toBe(1);
    expect(second.output).toContain(`is already running from this folder: http://127.0.0.1:${env['MFH_GATEWAY_PORT']}`);
  });

  it('finds its data again after a crash, clears what was left, and stops in order on Ctrl-C', async () => {
    const lockFile = join(dataDir, 'instance.json');
    const orphans = processesOf(lockFile);
    expect(orphans.map(({ name }) => name).toSorted()).toEqual(
      ['gateway', 'helper-runner', 'mongod', 'nats-server', 'sandbox-crm', 'services'].toSorted(),
    );
    await started[0]?.signal('SIGKILL');

    const next = new Start();
    await next.serves();
    expect(next.output).toContain('Ending what the last start left behind');
    expect(next.output).toMatch(/Demo account +demo-/);
    expect(next.output).not.toContain('First start');
    expect(orphans.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(await scoreOfAda()).toBe(32);
    const own = processesOf(lockFile);
    expect(await next.signal('SIGINT')).toBe(0);
    expect(own.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(existsSync(lockFile)).toBe(false);
  });

  it('says which process died and stops the others', async () => {
    const start = new Start('--no-demo', '--real-crms');
    await start.serves();
    expect(start.output).toContain('the vendors themselves are called');
    expect(start.output).not.toContain('Demo account');
    const own = processesOf(join(dataDir, 'instance.json'));
    process.kill(own.find(({ name }) => name === 'helper-runner')?.pid ?? 0, 'SIGKILL');
    expect(await start.exited).toBe(1);
    expect(start.output).toContain('helper-runner ended with SIGKILL');
    expect(own.filter(({ pid }) => isAlive(pid))).toEqual([]);
  });
});
