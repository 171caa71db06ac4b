import { environment, newExecutions, startBilling } from '../testing/billing-under-test.js';
import type { BillingUnderTest } from '../testing/billing-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { events, newId, questions, subjects } from '#contracts';
import type { CloudEvent } from '#contracts';
import { NATS_CONNECTION } from '#messaging';
import { waitFor } from '#testing';

describe('Setting a plan', () => {
  let billing: BillingUnderTest;

  beforeAll(async () => {
    billing = await startBilling();
  });
  afterAll(async () => {
    await billing.stop();
    await environment.dispose();
  });

  async function changesOf(account: string): Promise<unknown[]> {
    const manager = await jetstreamManager(billing.running.app.get<NatsConnection>(NATS_CONNECTION));
    const stream = subjects.stream('EVENTS');
    const { state } = await manager.streams.info(stream);
    const changes: unknown[] = [];
    for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq += 1) {
      const event = (await manager.streams.getMessage(stream, { seq }))?.json<CloudEvent>();
      if (event?.type === events.subscriptionChanged.type && event.accountid === account) changes.push(event.data);
    }
    return changes;
  }

  it('holds at once for limits and executions, and is told to everybody in order', async () => {
    const account = newId('account');
    await billing.reserve(account, newExecutions(100));
    expect(await billing.reserve(account, newExecutions(1))).toMatchObject({ granted: 0 });

    expect(await billing.setPlan(account, 'grow')).toMatchObject({ plan: 'grow', previous_plan: 'free' });
    const limits = await billing.questions.ask(questions.limits, { account_id: account });
    expect(limits).toMatchObject({
      plan: 'grow',
      label: 'Grow',
      limits: { max_helpers: 50, max_executions: 25_000 },
      overage: 'meter',
    });
    expect(await billing.reserve(account, newExecutions(1))).toMatchObject({ granted: 1, plan: 'grow' });

    expect(await billing.setPlan(account, 'deliver')).toMatchObject({ previous_plan: 'grow', period: limits.period });
    const changes = await waitFor(async () => {
      const seen = await changesOf(account);
      return seen.length === 2 && seen;
    });
    expect(changes).toMatchObject([
      {
        plan: 'grow',
        previous_plan: 'free',
        label: 'Grow',
        status: 'active',
        revision: 1,
        limits: { max_helpers: 50 },
      },
      { plan: 'deliver', previous_plan: 'grow', revision: 2, limits: { max_helpers: null } },
    ]);
  });

  it('counts the months of a paid plan from its first day, those of the free plan by the calendar', async () => {
    const account = newId('account');
    const before = Date.now();
    const paid = await billing.setPlan(account, 'start');
    expect(Date.parse(paid.period.from)).toBeGreaterThanOrEqual(before);
    const free = await billing.setPlan(account, 'free');
    expect(free.previous_plan).toBe('start');
    expect(new Date(free.period.from).toISOString()).toMatch(/-01T00:00:00\.000Z$/);
    const limits = await billing.questions.ask(questions.limits, { account_id: account });
    expect(limits).toMatchObject({ plan: 'free', overage: 'block', limits: { max_helpers: 1 } });
  });

  it('settles an execution in the period it was accepted in', async () => {
    const account = newId('account');
    const [execution = ''] = newExecutions(1);
    await billing.reserve(account, [execution]);
    await billing.setPlan(account, 'start');
    await billing.end(account, execution, 'completed');
    await billing.setPlan(account, 'free');
    await billing.usageBecomes(account, { booked: 1, reserved: 0 });
    await billing.setPlan(account, 'start');
    expect(await billing.usage(account)).toMatchObject({ booked: 0, reserved: 0 });
  });

  it('takes turns: parallel changes all arrive', async () => {
    const account = newId('account');
    await Promise.all((['start', 'grow', 'deliver', 'start'] as const).map((plan) => billing.setPlan(account, plan)));
    const changes = await waitFor(async () => {
      const seen = await changesOf(account);
      return seen.length === 4 && seen;
    });
    expect(changes.map((change) => (change as { revision: number }).revision)).toEqual([1, 2, 3, 4]);
  });

  it('refuses an unknown account', async () => {
    const question = { account_id: newId('account'), plan: 'grow' } as const;
    await expect(billing.questions.ask(questions.setPlan, question)).rejects.toMatchObject({
      status: 404,
      code: 'accounts.not_found',
    });
  });
});
