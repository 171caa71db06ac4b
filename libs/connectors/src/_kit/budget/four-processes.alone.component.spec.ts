import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activecampaignBudgets } from '../../activecampaign/budgets.js';
import { gohighlevelBudgets } from '../../gohighlevel/budgets.js';
import { hubspotBudgets } from '../../hubspot/budgets.js';
import { keapBudgets } from '../../keap/budgets.js';
import { ontraportBudgets } from '../../ontraport/budgets.js';

/** 60 for the whole proof: `MFH_BUDGET_TEST_SECONDS=60`. */
const SECONDS = Number(process.env['MFH_BUDGET_TEST_SECONDS'] ?? '12');
const PROCESSES = 4;
const MOST_OVER = 1.02;
const CALLER = join(process.cwd(), 'dist/libs/connectors/src/testing/budget-caller.js');

/** The windows that bind calls with a token within the time of the test. */
const windows = Object.entries({
  keap: keapBudgets,
  gohighlevel: gohighlevelBudgets,
  activecampaign: activecampaignBudgets,
  ontraport: ontraportBudgets,
  hubspot: hubspotBudgets,
}).flatMap(([vendor, budgets]) =>
  budgets
    .filter(({ signedBy, only }) => signedBy !== 'key' && only !== true)
    .flatMap((budget) => budget.windows.filter(({ resets }) => resets === undefined))
    .map(({ limit, ms }): [string, number, number] => [vendor, limit, ms]),
);

/** When calls arrived, by vendor. */
const arrived = new Map<string, number[]>();
let made: Record<string, Record<string, number>>[] = [];
/** For how long one of the processes or the server stood still at most. */
let stalledMs = 0;
/** Calls pile up while a machine stands still: what arrives in a window well above that can be counted. */
const countable = (ms: number): boolean => ms >= 2 * stalledMs;
const tooBusy = (what: string): void => {
  process.stderr.write(`NOT CHECKED: ${what}. This machine stood still for ${Math.round(stalledMs)} ms.\n`);
};

/** A vendor that answers everything and writes down when it was asked. */
function countingServer(): Promise<Server> {
  const server = createServer((request, response) => {
    const vendor = request.url?.split('/')[1] ?? '';
    const times = arrived.get(vendor) ?? [];
    arrived.set(vendor, times);
    times.push(Date.now());
    response.setHeader('content-type', 'application/json');
    response.end('{"id":"7"}');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** The most calls that arrived in any window of this length. */
function mostIn(times: readonly number[], ms: number): number {
  let most = 0;
  let first = 0;
  for (const [index, at] of times.entries()) {
    while ((times[first] ?? at) <= at - ms) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

let server: Server;
beforeAll(
  async () => {
    server = await countingServer();
    const stalls = monitorEventLoopDelay({ resolution: 10 });
    stalls.enable();
    const { port } = server.address() as AddressInfo;
    const plan = JSON.stringify({
      natsUrl: process.env['NATS_URL'],
      bucket: `budget_${randomUUID().slice(0, 8)}`,
      url: `http://127.0.0.1:${port}`,
      until: Date.now() + SECONDS * 1000,
      callers: { busy: 6, other: 3 },
    });
    const run = promisify(execFile);
    const ended = await Promise.all(Array.from({ length: PROCESSES }, () => run(process.execPath, [CALLER, plan])));
    const told = ended.map(({ stdout }) => JSON.parse(stdout) as { made: (typeof made)[number]; stalledMs: number });
    made = told.map((process_) => process_.made);
    stalledMs = Math.max(stalls.max / 1e6, ...told.map((process_) => process_.stalledMs));
  },
  (SECONDS + 40) * 1000,
);
afterAll(() => {
  server.close();
});

describe(`${PROCESSES} processes in ${SECONDS} s`, () => {
  it.each(windows)('never call %s more often than %d times in any %d ms', (vendor, limit, ms) => {
    const times = arrived.get(vendor) ?? [];
    const most = mostIn(times, ms);
    process.stdout.write(`${vendor}: ${times.length} calls, at most ${most} of ${limit} in ${ms} ms\n`);
    if (!countable(ms)) return tooBusy(`${vendor} in ${ms} ms`);
    expect(most).toBeLessThanOrEqual(limit * MOST_OVER);
  });

  it('use most of what they may', () => {
    const begun = (ms: number) => Math.max(1, Math.floor((SECONDS * 1000) / (ms * 1.2)));
    for (const [vendor, limit, ms] of windows.filter(([, , length]) => length <= 10_000)) {
      if (countable(ms)) expect(arrived.get(vendor)?.length).toBeGreaterThan(limit * begun(ms) * 0.6);
      else tooBusy(`how much ${vendor} is used`);
    }
  });

  it('lose no calls that were taken in advance', () => {
    // A tenth of the window is kept for helpers with few calls.
    const [, limit = 0] = windows.find(([vendor]) => vendor === 'ontraport') ?? [];
    expect(arrived.get('ontraport')?.length).toBeGreaterThanOrEqual(limit * 0.85);
  });

  it.each(['keap', 'activecampaign', 'hubspot'])('give each helper of %s a fair share', (vendor) => {
    const total = (party: string) => made.reduce((sum, counts) => sum + (counts[vendor]?.[party] ?? 0), 0);
    const [busy, other] = [total('busy'), total('other')];
    process.stdout.write(`${vendor}: ${busy} calls of the busy helper, ${other} of the other\n`);
    expect(Math.min(busy, other)).toBeGreaterThan((busy + other) * 0.3);
  });
});
