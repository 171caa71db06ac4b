import { beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import { execute, newHelper } from '../support/customer.js';
import { useSystem } from '../support/use-system.js';

const CONTACT = '1001';

describe('cancelling', () => {
  const running = useSystem();
  beforeEach(async () => {
    await running.system.sandbox.call('POST', '/_admin/reset', {});
  });

  it('keeps a pending execution from ever having an effect; one that has started goes on', async () => {
    const { system, customer } = running;
    const slow = await newHelper(customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
    const note = await newHelper(customer, 'note_it', { subject: 'Cancelled', body: 'Never' });
    await system.sandbox.faults([
      { id: 'slow', match: { dialect: 'keap', contact_id: CONTACT, method: 'GET' }, times: 1, latency_ms: 4_000 },
    ]);
    const started = await execute(customer, slow, CONTACT);
    const pending = await execute(customer, note, CONTACT);
    const last = await execute(customer, note, CONTACT);
    await waitFor(
      async () => (await customer.api.get<{ status: string }>(`/executions/${started}`)).data.status === 'running',
      { deadlineMs: 10_000, what: 'the slow execution to run' },
    );

    const tooLate = await customer.api.post(`/executions/${started}/cancel`, {});
    expect(tooLate).toMatchObject({ status: 409, body: { code: 'executions.transition_not_allowed' } });
    const cancelled = await customer.api.post(`/executions/${pending}/cancel`, { reason: 'Changed my mind' });
    expect(cancelled).toMatchObject({ status: 200, data: { execution_id: pending, status: 'cancelled' } });
    const repeated = await customer.api.post(`/executions/${pending}/cancel`, { reason: 'Again' });
    expect(repeated.data).toEqual(cancelled.data);

    expect((await customer.api.ended(started)).status).toBe('completed');
    expect((await customer.api.ended(last)).status).toBe('completed');
    expect((await customer.api.ended(pending)).status).toBe('cancelled');
    const ended = await customer.api.post(`/executions/${started}/cancel`, {});
    expect(ended.status).toBe(409);
    expect(await system.sandbox.effects({ operation: 'CreateNote' })).toHaveLength(1);
    expect(await customer.api.allEnded(note)).toEqual({ completed: 1, cancelled: 1 });
  });

  it('works on one that waits in the queue itself', async () => {
    const { system, customer } = running;
    await Promise.all(system.runners.splice(0).map((runner) => runner.stop()));
    const note = await newHelper(customer, 'note_it', { subject: 'Queued', body: 'Never' });
    const queued = await execute(customer, note, CONTACT);
    const [first, second] = await Promise.all([
      customer.api.post(`/executions/${queued}/cancel`, {}),
      customer.api.post(`/executions/${queued}/cancel`, {}),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    const after = await execute(customer, note, CONTACT);
    await system.startRunner();
    expect((await customer.api.ended(after)).status).toBe('completed');
    expect(await system.sandbox.effects({ operation: 'CreateNote' })).toHaveLength(1);
    expect(await customer.api.allEnded(note)).toEqual({ completed: 1, cancelled: 1 });
  });
});
