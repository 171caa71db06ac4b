import { environment, neighbourhood, newExecutions, startBilling } from '../testing/billing-under-test.js';
import type { BillingUnderTest } from '../testing/billing-under-test.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#contracts';
import { Clock } from '../clock.js';
import { UsageReconciler } from './usage-reconciler.js';

describe('Reservations left open', () => {
  let billing: BillingUnderTest;
  let reconciler: UsageReconciler;
  const later = (milliseconds: number): void => {
    billing.running.app.get(Clock).now = () => new Date(Date.now() + milliseconds);
  };

  beforeAll(async () => {
    billing = await startBilling();
    reconciler = billing.running.app.get(UsageReconciler);
  });
  afterEach(() => later(0));
  afterAll(async () => {
    await billing.stop();
    await environment.dispose();
  });

  it('gives back reservations of executions that never came to exist, and only those', async () => {
    const account = newId('account');
    const executions = newExecutions(6);
    const [alive = '', ...dead] = executions;
    await billing.reserve(account, executions);
    neighbourhood.executions.add(alive);
    await reconciler.reconcile();
    expect(await billing.usage(account)).toMatchObject({ reserved: 6 });

    later(61_000);
    expect(await reconciler.reconcile()).toBe(dead.length);
    expect(await billing.usage(account)).toMatchObject({ booked: 0, reserved: 1 });
    expect(await reconciler.reconcile()).toBe(0);
    // One that was given up too early (its acceptance was slower than any limit) is booked all the same.
    await billing.end(account, dead[0] ?? '', 'completed');
    await billing.end(account, alive, 'completed');
    await billing.usageBecomes(account, { booked: 2, reserved: 0 });
  });

  it('settles executions whose events were lost with the broker, once', async () => {
    const account = newId('account');
    await billing.setPlan(account, 'start');
    const executions = newExecutions(4);
    const [completed = '', failed = '', cancelled = '', running = ''] = executions;
    await billing.reserve(account, executions);
    for (const id of executions) neighbourhood.executions.add(id);
    const at = new Date().toISOString();
    neighbourhood.ended = [
      { execution_id: completed, account_id: account, status: 'completed', at },
      { execution_id: failed, account_id: account, status: 'failed', at },
      { execution_id: cancelled, account_id: account, status: 'cancelled', at },
    ];
    later(61_000);
    expect(await reconciler.reconcile()).toBe(3);
    expect(await billing.usage(account)).toMatchObject({ booked: 1, reserved: 1 });
    await billing.end(account, completed, 'completed');
    await billing.end(account, running, 'completed');
    await billing.usageBecomes(account, { booked: 2, reserved: 0 });
  });

  it('closes the second reservation of an execution that was reserved twice', async () => {
    const account = newId('account');
    const [twice = ''] = newExecutions(1);
    await billing.reserve(account, [twice]);
    await billing.end(account, twice, 'completed');
    await billing.usageBecomes(account, { booked: 1, reserved: 0 });
    await billing.reserve(account, [twice]);
    neighbourhood.executions.add(twice);
    const at = new Date().toISOString();
    neighbourhood.ended = [{ execution_id: twice, account_id: account, status: 'completed', at }];
    later(61_000);
    expect(await reconciler.reconcile()).toBe(1);
    expect(await billing.usage(account)).toMatchObject({ booked: 1, reserved: 0 });
  });

  it('asks less and less often about executions that wait for long', async () => {
    const account = newId('account');
    const executions = newExecutions(1);
    await billing.reserve(account, executions);
    for (const id of executions) neighbourhood.executions.add(id);
    later(61_000);
    await reconciler.reconcile();
    // Only now does it cease to exist; it was just looked at, so this is noticed a minute later.
    for (const id of executions) neighbourhood.executions.delete(id);
    later(100_000);
    expect(await reconciler.reconcile()).toBe(0);
    later(125_000);
    expect(await reconciler.reconcile()).toBe(1);
  });
});
