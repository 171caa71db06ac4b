import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { freePort, projectRoot, waitFor, type ServiceProcess } from '#testing';
import { auditExecutions, auditNotes } from '../support/audit.js';
import { newHelper, type Customer } from '../support/customer.js';
import { contactIds, persistentClients, type Accepted } from '../support/persistent-clients.js';
import { useSystem } from '../support/use-system.js';

const WISHES = 120;
const STOP_MS = 25_000;

const idsOf = (accepted: readonly Accepted[]): string[] => accepted.map(({ executionId }) => executionId);

/** Sends SIGTERM and answers how long the process took to end by itself. */
async function stopped(process: ServiceProcess): Promise<{ ms: number; code: number | null }> {
  const startedAt = performance.now();
  const { code } = await process.stop();
  return { ms: performance.now() - startedAt, code };
}

/** Nothing was done a second time: one start and one attempt each. */
async function expectSingleRuns(customer: Customer, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const execution = await customer.api.ended(id);
    const starts = (execution.events ?? []).filter((entry) => entry.type === 'started');
    expect([execution.attempt, starts.length]).toEqual([1, 1]);
  }
}

describe('processes are asked to stop under load', () => {
  const running = useSystem({ env: { MFH_ACK_WAIT_MS: '5000', MFH_DEAD_AFTER_MS: '1500', MFH_SWEEP_MS: '300' } });
  const contacts = contactIds(1001, WISHES);

  it('a runner ends what it has begun, hands back the rest, and another one does that', async () => {
    const { system, customer } = running;
    await system.sandbox.forgetEffects();
    const helper = await newHelper(customer, 'note_it', { subject: 'Runner', body: 'Once' });
    await system.sandbox.faults([{ id: 'slow', match: { dialect: 'keap' }, latency_ms: 250 }]);
    const [runner] = system.runners;
    if (runner === undefined) throw new Error('There is no runner');
    let granted = 0;
    let exit: ReturnType<typeof stopped> | undefined;
    const accepted = await persistentClients(customer, helper, contacts, {
      clients: 20,
      keys: 'runner',
      onAccepted: () => {
        granted += 1;
        if (granted >= WISHES / 2) exit ??= stopped(runner);
      },
    });
    const { ms, code } = (await exit) ?? { ms: Infinity, code: null };
    expect(code).toBe(0);
    expect(ms).toBeLessThan(STOP_MS);
    await system.sandbox.faults([]);
    await system.startRunner();
    await auditExecutions(customer, helper, idsOf(accepted));
    await auditNotes(system, contacts);
    await expectSingleRuns(customer, idsOf(accepted));
  });

  it('a runner aborts what takes longer than its grace and hands it back', async () => {
    const { system, customer } = running;
    await system.sandbox.forgetEffects();
    const helper = await newHelper(customer, 'note_it', { subject: 'Long', body: 'Once' });
    await Promise.all(system.runners.splice(0).map((runner) => runner.stop()));
    const impatient = await system.startRunner({ MFH_RUNNER_GRACE_MS: '500' });
    // Longer than its grace, whichever call it is.
    await system.sandbox.faults([{ id: 'stuck', match: { dialect: 'keap' }, latency_ms: 10_000 }]);
    const few = contacts.slice(0, 10);
    const accepted = await persistentClients(customer, helper, few, { clients: 10, keys: 'long' });
    const { ms, code } = await stopped(impatient);
    expect([code, ms < STOP_MS]).toEqual([0, true]);
    await system.sandbox.faults([]);
    await system.startRunner();
    await auditExecutions(customer, helper, idsOf(accepted));
    await auditNotes(system, few);
  });

  it.each([
    ['the services', 'standalone'],
    ['the gateway', 'gateway'],
  ] as const)('%s: the process stops in time and nothing accepted is lost', async (_what, name) => {
    const { system, customer } = running;
    await system.sandbox.forgetEffects();
    const helper = await newHelper(customer, 'note_it', { subject: name, body: 'Once' });
    let granted = 0;
    let restarted: Promise<{ ms: number; code: number | null }> | undefined;
    const restart = async (): Promise<{ ms: number; code: number | null }> => {
      const exit = await stopped(system.process(name));
      await (name === 'gateway' ? system.startApp(name) : system.startStandalone());
      return exit;
    };
    const accepted = await persistentClients(customer, helper, contacts, {
      clients: 20,
      keys: name,
      onAccepted: () => {
        granted += 1;
        if (granted >= WISHES / 4) restarted ??= restart();
      },
    });
    const { ms, code } = (await restarted) ?? { ms: Infinity, code: null };
    expect([code, ms < STOP_MS]).toEqual([0, true]);
    await auditExecutions(customer, helper, idsOf(accepted));
    await auditNotes(system, contacts);
    await expectSingleRuns(customer, idsOf(accepted));
  });

  it('a process whose output nobody reads any more ends, too', async () => {
    const port = await freePort();
    const main = join(projectRoot(), 'dist/apps/helper-runner/src/main.js');
    const runner = spawn(process.execPath, [main], {
      env: { ...process.env, NODE_OPTIONS: '', ...running.system.env, MFH_HELPER_RUNNER_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exited = once(runner, 'exit', { signal: AbortSignal.timeout(STOP_MS + 60_000) });
    try {
      await waitFor(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200, {
        deadlineMs: 60_000,
        what: 'the runner to be ready',
      });
      runner.stdout.destroy();
      const startedAt = performance.now();
      runner.kill('SIGTERM');
      expect(await exited).toEqual([0, null]);
      expect(performance.now() - startedAt).toBeLessThan(STOP_MS);
    } finally {
      runner.kill('SIGKILL');
    }
  });
});
