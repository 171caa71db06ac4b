import { afterEach, expect } from '@jest/globals';
import type { ContractSubject } from '../contract-subject.js';
import type { ContractChecks } from './checks.js';
import { wire } from './refusals.js';

/** Limits, lost answers and silence: what is waited for, made again, or given back. */
export function failureContract(checks: ContractChecks, subject: () => ContractSubject): void {
  afterEach(() => subject().faults([]));

  checks.that('testConnection', 'waits as long as a rate limit asks for, and then goes on', async (s) => {
    await s.faults([{ id: 'limit', times: 1, ...rateLimit(s, 1) }]);
    const { crm, calls, waits } = s.connect();
    const startedAt = performance.now();
    await crm.testConnection();

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
    expect(calls.map(({ status }) => status)).toEqual([rateLimit(s, 1).status, 200]);
    expect(waits).toEqual([{ reason: 'rate_limit', until: expect.any(Date) }]);
  });

  checks.that('testConnection', 'hands a long wait back, and keeps the connection silent until then', async (s) => {
    await s.faults([{ id: 'limit', times: 1, ...rateLimit(s, 30) }]);
    const { crm, nextRun } = s.connect();
    const error: unknown = await crm.testConnection().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'rate_limited', retryable: true, status: rateLimit(s, 30).status });
    const { retryAfterMs } = error as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(25_000);
    expect(retryAfterMs).toBeLessThanOrEqual(31_000);

    const before = s.sent();
    await expect(nextRun().getContact(s.contact(1))).rejects.toMatchObject({
      kind: 'rate_limited',
      outcome: 'not_sent',
    });
    expect(s.sent()).toBe(before);
  });

  checks.that('testConnection', 'takes a rate limit’s date as well as its seconds', async (s) => {
    const at = new Date(Date.now() + 40_000).toUTCString();
    await s.faults([{ id: 'limit', times: 1, status: 429, headers: { 'retry-after': at } }]);
    const error: unknown = await s
      .connect()
      .crm.testConnection()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'rate_limited', retryable: true });
    expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(25_000);
  });

  for (const status of [500, 502, 503, 504]) {
    checks.that('testConnection', `repeats a reading after ${status}`, async (s) => {
      await s.faults([{ id: 'broken', times: 2, status }]);
      const { crm, calls, waits } = s.connect();
      await crm.testConnection();
      expect(calls.map((call) => call.status)).toEqual([status, status, 200]);
      expect(waits).toHaveLength(2);
    });
  }

  checks.that('setContactFieldValue', 'repeats a writing that may be repeated', async (s) => {
    await s.faults([{ id: 'broken', times: 2, status: 500 }]);
    const { crm } = s.connect();
    await crm.setContactFieldValue(s.contact(100), 'first_name', 'Patient');
    expect(await s.record(s.contact(100))).toMatchObject({ first_name: 'Patient' });
  });

  checks.that('testConnection', 'gives up after three tries', async (s) => {
    await s.faults([{ id: 'broken', status: 500 }]);
    const { crm, calls } = s.connect();
    await expect(crm.testConnection()).rejects.toMatchObject({ kind: 'server', status: 500, retryable: true });
    expect(calls).toHaveLength(3);
  });

  checks.that('createContact', 'makes one contact of a creation whose answer was lost', async (s) => {
    const input = { first_name: 'Only', last_name: 'Once', email: 'only.once@example.com' };
    const failure = await loseAnswer(s, 'createContact', () => s.connect().crm.createContact(input));
    if (wire(s, 'createContact').repeatable) expect(failure).toBeUndefined();
    else expect(failure).toMatchObject({ kind: 'network', outcome: 'unknown' });
    const { contacts } = await s.connect().crm.getContacts({ email: input.email });
    expect(contacts).toHaveLength(1);
  });

  checks.that(
    'createNote',
    'does not repeat a note whose answer was lost, and can tell that it was written',
    async (s) => {
      const since = new Date();
      const note = { title: 'Once', body: 'and only once', type: 'general' };
      const { crm } = s.connect();
      const failure = await loseAnswer(s, 'createNote', async () => crm.createNote?.(s.contact(101), note));
      expect(failure).toMatchObject({ kind: 'network', outcome: 'unknown' });

      const written = (await s.effects(s.contact(101))).filter(({ operation }) => operation === 'CreateNote');
      expect(written).toHaveLength(1);
      if (s.optional.includes('findNote')) {
        expect(await crm.findNote?.(s.contact(101), note, since)).not.toBeNull();
      }
    },
  );

  checks.that('triggerAutomation', 'repeats an automation only where that starts no second run', async (s) => {
    const { crm } = s.connect();
    const failure = await loseAnswer(s, 'triggerAutomation', () => crm.triggerAutomation(s.contact(102), s.automation));
    const runs = (await s.effects(s.contact(102))).filter(({ operation }) => operation === 'TriggerAutomation');
    if (wire(s, 'triggerAutomation').repeatable) {
      expect(failure).toBeUndefined();
      expect(runs.length).toBeGreaterThan(0);
    } else {
      expect(failure).toMatchObject({ kind: 'network', outcome: 'unknown' });
      expect(runs).toHaveLength(1);
    }
  });

  checks.that('achieveGoal', 'does not repeat a goal after a server error', async (s) => {
    const { path, method } = wire(s, 'achieveGoal');
    await s.faults([{ id: 'broken', status: 500, match: { path, method } }]);
    const { crm, calls } = s.connect();
    const achieving = crm.achieveGoal(s.contact(0), s.goal?.name ?? '', s.goal?.integration ?? '');
    await expect(achieving).rejects.toMatchObject({ kind: 'server', outcome: 'unknown' });
    expect(calls).toHaveLength(1);
  });

  checks.that('testConnection', 'calls silence a network error after its time limit', async (s) => {
    await s.faults([{ id: 'slow', latency_ms: 600 }]);
    const { crm } = s.connect({ timeoutMs: 60 });
    await expect(crm.testConnection()).rejects.toMatchObject({ kind: 'network', retryable: true, status: 0 });
  });

  checks.that('getContact', 'ends at once when the run is ended', async (s) => {
    await s.faults([{ id: 'slow', latency_ms: 600 }]);
    const controller = new AbortController();
    const reading = s.connect({ signal: controller.signal }).crm.getContact(s.contact(0));
    controller.abort();
    await expect(reading).rejects.toMatchObject({ kind: 'aborted' });
  });

  checks.that('testConnection', 'stops calling a vendor that keeps failing, and tries again later', async (s) => {
    await s.faults([{ id: 'down', status: 502 }]);
    const { crm } = s.connect();
    const failures: unknown[] = [];
    for (let run = 0; run < 4; run += 1) failures.push(await crm.testConnection().catch((e: unknown) => e));
    expect(failures.at(-1)).toMatchObject({ kind: 'circuit_open', retryable: true, outcome: 'not_sent' });
    expect((failures.at(-1) as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(0);

    const before = s.sent();
    await expect(crm.testConnection()).rejects.toMatchObject({ kind: 'circuit_open' });
    expect(s.sent()).toBe(before);
  });
}

function rateLimit(subject: ContractSubject, seconds: number) {
  const planned = subject.rateLimit?.(seconds) ?? { headers: { 'retry-after': String(seconds) } };
  return { ...planned, status: planned.status ?? 429 };
}

/** Carries a write out while its first answer gets lost. @returns what it failed with, undefined when it did not */
async function loseAnswer(
  subject: ContractSubject,
  write: keyof ContractSubject['writes'],
  act: () => Promise<unknown>,
): Promise<unknown> {
  const { method, path } = wire(subject, write);
  await subject.faults([{ id: 'lost', times: 1, match: { method, path }, drop: 'after' }]);
  try {
    await act();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await subject.faults([]);
  }
}
