import { afterEach, expect, it } from '@jest/globals';
import type { ContractSubject } from '../contract-subject.js';

export function failureContract(subject: () => ContractSubject): void {
  afterEach(() => subject().faults([]));

  it('waits as long as a rate limit asks for, and then goes on', async () => {
    const { connect, contact, faults } = subject();
    await faults([{ id: 'limit', times: 1, status: 429, headers: { 'retry-after': '1' } }]);
    const { crm, calls, waits } = connect();
    const startedAt = performance.now();
    await crm.getContact(contact(0));

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
    expect(calls.map(({ status }) => status)).toEqual([429, 200]);
    expect(waits).toEqual([{ reason: 'rate_limit', until: expect.any(Date) }]);
  });

  it.each([
    ['seconds', '30'],
    ['a date', new Date(Date.now() + 40_000).toUTCString()],
  ])('hands a long wait in %s back, and keeps the connection silent until then', async (_form, retryAfter) => {
    const { connect, contact, faults, requestCount } = subject();
    await faults([{ id: 'limit', times: 1, status: 429, headers: { 'retry-after': retryAfter } }]);
    const connection = connect();
    const error: unknown = await connection.crm.getContact(contact(0)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'rate_limited', retryable: true, status: 429 });
    const { retryAfterMs } = error as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(25_000);
    expect(retryAfterMs).toBeLessThanOrEqual(40_000);

    await requestCount();
    await expect(connection.crm.getContact(contact(1))).rejects.toMatchObject({
      kind: 'rate_limited',
      outcome: 'not_sent',
    });
    expect(await requestCount()).toBe(0);
  });

  it('repeats what may be repeated after a server error', async () => {
    const { connect, contact, faults } = subject();
    await faults([{ id: 'broken', times: 2, status: 503 }]);
    const { crm, calls } = connect();
    await crm.setContactFieldValue(contact(11), 'first_name', 'Patient');
    expect(calls.map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it('gives up after three tries', async () => {
    const { connect, contact, faults } = subject();
    await faults([{ id: 'broken', status: 500 }]);
    const { crm, calls } = connect();
    await expect(crm.getContact(contact(0))).rejects.toMatchObject({ kind: 'server', status: 500, retryable: true });
    expect(calls).toHaveLength(3);
  });

  it('does not repeat a note whose answer was lost, and can tell that it was written', async () => {
    const { connect, contact, faults, effects } = subject();
    const since = new Date();
    const note = { title: 'Once', body: 'and only once', type: 'Call' };
    await faults([{ id: 'lost', match: { method: 'POST', path: '/contacts/*/notes' }, drop: 'after' }]);
    const { crm } = connect();
    await expect(crm.createNote?.(contact(12), note)).rejects.toMatchObject({ kind: 'network', outcome: 'unknown' });
    await faults([]);

    expect((await effects(contact(12))).filter(({ operation }) => operation === 'CreateNote')).toHaveLength(1);
    expect(await crm.findNote?.(contact(12), note, since)).not.toBeNull();
  });

  it('does not repeat a goal after a server error', async () => {
    const { connect, contact, faults, goal } = subject();
    await faults([{ id: 'broken', status: 500 }]);
    const { crm, calls } = connect();
    await expect(crm.achieveGoal(contact(0), goal.name, goal.integration)).rejects.toMatchObject({
      kind: 'server',
      outcome: 'unknown',
    });
    expect(calls).toHaveLength(1);
  });

  it('calls an answer that is no JSON a protocol error, without showing it', async () => {
    const { connect, contact, faults } = subject();
    await faults([{ id: 'torn', status: 200, body: '{"id": "1001", "email": "secret@exam' }]);
    const error: unknown = await connect()
      .crm.getContact(contact(0))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'protocol', retryable: false });
    expect(String(error)).not.toContain('secret');
  });

  it('calls silence a network error after its time limit', async () => {
    const { connect, contact, faults } = subject();
    await faults([{ id: 'slow', latency_ms: 800 }]);
    const { crm } = connect({ timeoutMs: 100 });
    await expect(crm.achieveGoal(contact(0), 'x', 'y')).rejects.toMatchObject({ kind: 'network', outcome: 'unknown' });
  });

  it('ends at once when the run is ended', async () => {
    const { connect, contact, faults } = subject();
    await faults([{ id: 'slow', latency_ms: 800 }]);
    const controller = new AbortController();
    const { crm } = connect({ signal: controller.signal });
    const reading = crm.getContact(contact(0));
    controller.abort();
    await expect(reading).rejects.toMatchObject({ kind: 'aborted' });
  });

  it('stops calling a vendor that keeps failing, and tries again later', async () => {
    const { connect, contact, faults, requestCount } = subject();
    await faults([{ id: 'down', status: 502 }]);
    const { crm } = connect();
    const failures: unknown[] = [];
    for (let run = 0; run < 4; run += 1) failures.push(await crm.getContact(contact(run)).catch((e: unknown) => e));
    expect(failures.at(-1)).toMatchObject({ kind: 'circuit_open', retryable: true, outcome: 'not_sent' });
    expect((failures.at(-1) as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(0);

    await requestCount();
    await expect(crm.getContact(contact(0))).rejects.toMatchObject({ kind: 'circuit_open' });
    expect(await requestCount()).toBe(0);
  });
}
