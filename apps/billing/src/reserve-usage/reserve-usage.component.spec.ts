import { environment, newExecutions, startBilling } from '../testing/billing-under-test.js';
import type { BillingUnderTest } from '../testing/billing-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, questions } from '#contracts';
import { ReserveUsage } from './reserve-usage.service.js';

describe('Reserving usage', () => {
  let billing: BillingUnderTest;
  let replica: BillingUnderTest;

  beforeAll(async () => {
    billing = await startBilling();
    replica = await startBilling();
  });
  afterAll(async () => {
    await Promise.all([billing.stop(), replica.stop()]);
    await environment.dispose();
  });

  it('grants a new account the executions of the free plan, of a list the first ones', async () => {
    const account = newId('account');
    const first = await billing.reserve(account, newExecutions(95));
    expect(first).toMatchObject({ granted: 95, plan: 'free', limit: 100, used: 95 });
    const second = await billing.reserve(account, newExecutions(10));
    expect(second).toMatchObject({ granted: 5, used: 100 });
    const third = await billing.reserve(account, newExecutions(1));
    expect(third).toMatchObject({ granted: 0, used: 100, limit: 100 });
    const reset = new Date(third.reset_at);
    expect([reset.getUTCDate(), reset.getUTCHours(), reset.getUTCMinutes()]).toEqual([1, 0, 0]);
    expect(reset.getTime()).toBeGreaterThan(Date.now());
  });

  it('grants exactly what is left to 50 parallel requests', async () => {
    const account = newId('account');
    await billing.reserve(account, newExecutions(90));
    const answers = await Promise.all(Array.from({ length: 50 }, () => billing.reserve(account, newExecutions(1))));
    expect(answers.filter(({ granted }) => granted === 1)).toHaveLength(10);
    expect(await billing.usage(account)).toMatchObject({ booked: 0, reserved: 100, used: 100, limit: 100 });
    for (const { granted, used } of answers) {
      expect(granted === 0 ? used === 100 : (used ?? 101) <= 100).toBe(true);
    }
  });

  it('grants exactly what is left when two replicas decide at the same time', async () => {
    const replicas = [billing, replica].map(({ running }) => running.app.get(ReserveUsage));
    for (let round = 0; round < 5; round += 1) {
      const account = newId('account');
      await billing.reserve(account, newExecutions(90));
      const requests = Array.from({ length: 50 }, async (_, index) =>
        replicas[index % 2]?.reserve({
          accountId: account,
          reservationId: newId('rsv'),
          executionIds: newExecutions(1),
        }),
      );
      const grants = await Promise.all(requests);
      expect(grants.filter((grant) => grant?.granted === 1)).toHaveLength(10);
      expect(await billing.usage(account)).toMatchObject({ used: 100 });
    }
  });

  it('keeps the last place for one of 50 parallel requests over two replicas', async () => {
    const account = newId('account');
    await billing.reserve(account, newExecutions(99));
    const replicas = [billing, replica].map(({ running }) => running.app.get(ReserveUsage));
    const grants = await Promise.all(
      Array.from({ length: 50 }, async (_, index) =>
        replicas[index % 2]?.reserve({
          accountId: account,
          reservationId: newId('rsv'),
          executionIds: newExecutions(1),
        }),
      ),
    );
    expect(grants.filter((grant) => grant?.granted === 1)).toHaveLength(1);
    expect(await billing.usage(account)).toMatchObject({ used: 100 });
  });

  it('never refuses a paid plan and counts beyond its limit', async () => {
    const account = newId('account');
    await billing.setPlan(account, 'start');
    const answers = await Promise.all(Array.from({ length: 30 }, () => billing.reserve(account, newExecutions(200))));
    expect(answers.every(({ granted, plan }) => granted === 200 && plan === 'start')).toBe(true);
    expect(await billing.usage(account)).toMatchObject({ used: 6_000, limit: 5_000 });
  });

  it('keeps accounts that reserve together apart', async () => {
    const accounts = Array.from({ length: 20 }, () => newId('account'));
    await Promise.all(accounts.flatMap((account) => [1, 2, 3].map(() => billing.reserve(account, newExecutions(40)))));
    const usages = await Promise.all(accounts.map((account) => billing.usage(account)));
    expect(usages.map(({ used }) => used)).toEqual(accounts.map(() => 100));
  });

  it('reserves nothing more for a repeated question, whatever is asked beside it', async () => {
    const account = newId('account');
    const question = { account_id: account, reservation_id: newId('rsv'), execution_ids: newExecutions(7) };
    const repeated = await Promise.all(
      Array.from({ length: 5 }, () => billing.questions.ask(questions.reserveUsage, question)),
    );
    const others = await Promise.all([
      billing.reserve(account, newExecutions(3)),
      billing.questions.ask(questions.reserveUsage, question),
    ]);
    expect(repeated.map(({ granted }) => granted)).toEqual([7, 7, 7, 7, 7]);
    expect(others.map(({ granted }) => granted)).toEqual([3, 7]);
    expect(await billing.usage(account)).toMatchObject({ reserved: 10 });
  });

  it('gives back what was released, once, and never what belongs to another account', async () => {
    const [account, other] = [newId('account'), newId('account')];
    const executions = newExecutions(100);
    await billing.reserve(account, executions);
    const execution_ids = executions.slice(0, 30);
    const release = (account_id: string): Promise<{ released: number }> =>
      billing.questions.ask(questions.releaseUsage, { account_id, execution_ids });
    expect(await release(other)).toEqual({ released: 0 });
    const releases = await Promise.all([release(account), release(account), release(account)]);
    expect(releases.reduce((sum, { released }) => sum + released, 0)).toBe(30);
    expect(await billing.usage(account)).toMatchObject({ reserved: 70, used: 70 });
    expect(await billing.reserve(account, newExecutions(40))).toMatchObject({ granted: 30 });
  });
});
