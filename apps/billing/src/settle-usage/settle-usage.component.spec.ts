import { environment, newExecutions, startBilling } from '../testing/billing-under-test.js';
import type { BillingUnderTest } from '../testing/billing-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, subjects } from '#contracts';
import { JETSTREAM } from '#messaging';
import type { JetStreamClient } from '#messaging';
import { waitFor } from '#testing';
import { UsageCountersRepository } from '../persistence/usage-counters.repository.js';
import { UsageLedgerRepository } from '../persistence/usage-ledger.repository.js';
import { SettleUsage } from './settle-usage.service.js';
import type { ExecutionEnding } from '../domain/execution-ending.js';

describe('Settling usage', () => {
  let billing: BillingUnderTest;
  let replica: BillingUnderTest;
  const ending = (accountId: string, executionId: string, outcome: ExecutionEnding['outcome']): ExecutionEnding => {
    return { accountId, executionId, outcome, at: new Date() };
  };

  beforeAll(async () => {
    billing = await startBilling();
    replica = await startBilling();
  });
  afterAll(async () => {
    await Promise.all([billing.stop(), replica.stop()]);
    await environment.dispose();
  });

  it('books completed executions and gives back failed and cancelled ones', async () => {
    const account = newId('account');
    const [first = '', second = '', third = '', fourth = ''] = newExecutions(4);
    await billing.reserve(account, [first, second, third, fourth]);
    await billing.end(account, first, 'completed');
    await billing.end(account, second, 'failed');
    await billing.end(account, third, 'cancelled');
    await billing.usageBecomes(account, { booked: 1, reserved: 1 });
    expect(await billing.usage(account)).toMatchObject({ used: 2 });
  });

  it('books an execution once, however often and wherever its end is told', async () => {
    const account = newId('account');
    const executions = newExecutions(40);
    await billing.reserve(account, executions);
    // The same fact under different message ids is what a redelivery after a lost acknowledgement looks like.
    for (const id of executions) await billing.end(account, id, 'completed');
    for (const id of executions) await billing.end(account, id, 'completed');
    const endings = executions.map((id) => ending(account, id, 'booked'));
    const settled = await Promise.allSettled(
      [billing, replica, billing, replica].map(({ running }) => running.app.get(SettleUsage).settle(endings)),
    );
    expect(settled.some(({ status }) => status === 'fulfilled')).toBe(true);
    await billing.usageBecomes(account, { booked: 40, reserved: 0 });
    const again = await billing.running.app.get(SettleUsage).settle(endings.concat(endings));
    expect(again).toBe(0);
    expect(await billing.usage(account)).toMatchObject({ booked: 40, reserved: 0, used: 40 });
  });

  it('does not book what was released first, nor release what was booked first', async () => {
    const account = newId('account');
    const [booked = '', released = ''] = newExecutions(2);
    await billing.reserve(account, [booked, released]);
    const settle = billing.running.app.get(SettleUsage);
    expect(await settle.settle([ending(account, booked, 'booked'), ending(account, released, 'released')])).toBe(2);
    expect(await settle.settle([ending(account, booked, 'released'), ending(account, released, 'booked')])).toBe(0);
    expect(await billing.usage(account)).toMatchObject({ booked: 1, reserved: 0 });
  });

  it('books an execution whose reservation was lost', async () => {
    const account = newId('account');
    const [lost = ''] = newExecutions(1);
    await billing.end(account, lost, 'completed');
    await billing.usageBecomes(account, { booked: 1, reserved: 0 });
  });

  it('changes nothing when it dies half way, and settles when the event comes again', async () => {
    const account = newId('account');
    const executions = newExecutions(3);
    await billing.reserve(account, executions);
    const counters = billing.running.app.get(UsageCountersRepository);
    const addSettled = counters.addSettled.bind(counters);
    let deaths = 0;
    counters.addSettled = async () => {
      deaths += 1;
      counters.addSettled = addSettled;
      throw new Error('the process dies before the counters are written');
    };
    const settle = billing.running.app.get(SettleUsage);
    const endings = executions.map((id) => ending(account, id, 'booked'));
    await expect(settle.settle(endings)).rejects.toThrow('dies');
    expect(deaths).toBe(1);
    expect(await billing.usage(account)).toMatchObject({ booked: 0, reserved: 3 });
    expect((await billing.running.app.get(UsageLedgerRepository).settled(executions)).size).toBe(0);
    expect(await settle.settle(endings)).toBe(3);
    expect(await billing.usage(account)).toMatchObject({ booked: 3, reserved: 0 });
  });

  it('frees a full account when an execution fails', async () => {
    const account = newId('account');
    const executions = newExecutions(100);
    await billing.reserve(account, executions);
    expect(await billing.reserve(account, newExecutions(1))).toMatchObject({ granted: 0 });
    await billing.end(account, executions[0] ?? '', 'failed');
    await waitFor(async () => (await billing.reserve(account, newExecutions(1))).granted === 1);
    expect(await billing.usage(account)).toMatchObject({ used: 100 });
  });

  it('an unreadable event does not stop the others', async () => {
    const account = newId('account');
    const [execution = ''] = newExecutions(1);
    const jetstream = billing.running.app.get<JetStreamClient>(JETSTREAM);
    await jetstream.publish(`${subjects.event('helpers', 'execution', 'completed')}.tag_it`, 'not json');
    await billing.end(account, execution, 'completed');
    await billing.usageBecomes(account, { booked: 1, reserved: 0 });
  });
});
