import { environment, neighbourhood, newExecutions, startBilling } from '../testing/billing-under-test.js';
import type { BillingUnderTest } from '../testing/billing-under-test.js';
import { published } from '../testing/published.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { events, newId } from '#contracts';
import { waitFor } from '#testing';
import { Clock } from '../clock.js';
import { UsageWatch } from './usage-watch.js';

interface Alert {
  percent: number;
  used: number;
  limit: number;
  plan: string;
}

describe('Usage alerts', () => {
  let billing: BillingUnderTest;
  let replica: BillingUnderTest;

  beforeAll(async () => {
    // Rounds are asked for by the tests; those of the clock would only come in between.
    process.env['MFH_WATCH_USAGE_MS'] = '3600000';
    billing = await startBilling();
    replica = await startBilling();
  });
  afterEach(() => {
    neighbourhood.wants = {};
    neighbourhood.identityDown = false;
    for (const { running } of [billing, replica]) running.app.get(Clock).now = () => new Date();
  });
  afterAll(async () => {
    await Promise.all([billing.stop(), replica.stop()]);
    await environment.dispose();
  });

  const newAccount = (): string => {
    const account = newId('account');
    neighbourhood.accounts.add(account);
    return account;
  };
  const look = () => Promise.all([billing, replica].map(({ running }) => running.app.get(UsageWatch).round()));
  /** Waits until so many alerts are out, and gives a further one the time to show itself. */
  async function alertsOf(account: string, count: number): Promise<Alert[]> {
    const told = async (): Promise<Alert[]> => {
      const all = await published(billing.running, 'EVENTS');
      const mine = all.filter(
        ({ type, accountid }) => type === events.usageThresholdReached.type && accountid === account,
      );
      return mine.map(({ data }) => data as Alert);
    };
    await waitFor(async () => (await told()).length >= count, { what: `${count} alerts` });
    await look();
    return told();
  }
  async function mailsOf(account: string): Promise<Record<string, unknown>[]> {
    const all = (await published(billing.running, 'NOTIFY')).map(({ data }) => data as Record<string, unknown>);
    return all.filter(({ account_id, template }) => account_id === account && template === 'usage_alert');
  }

  it('come at 80 and at 100 percent, each once, by event and by mail to the owner', async () => {
    const account = newAccount();
    await billing.book(account, 79);
    await look();
    await billing.book(account, 1);
    await look();
    expect(await alertsOf(account, 1)).toMatchObject([{ percent: 80, used: 80, limit: 100, plan: 'free' }]);
    for (const more of [5, 5, 5]) {
      await billing.book(account, more);
      await look();
    }
    expect(await alertsOf(account, 1)).toHaveLength(1);
    await billing.book(account, 5);
    await look();
    await billing.book(account, 1);
    await look();
    expect(await alertsOf(account, 2)).toMatchObject([{ percent: 80 }, { percent: 100, used: 100 }]);
    const mails = await waitFor(async () => {
      const sent = await mailsOf(account);
      return sent.length === 2 && sent;
    });
    expect(mails[1]).toMatchObject({
      to: { address: 'ada@example.test' },
      variables: { account_name: 'Suite', plan_name: 'Sandbox', resource_name: 'executions', percent: 100, limit: 100 },
    });
  });

  it('come when executions are accepted that fill the plan, however long these run', async () => {
    const account = newAccount();
    await billing.reserve(account, newExecutions(79));
    await look();
    await Promise.all(newExecutions(6).map((execution) => billing.reserve(account, [execution])));
    await look();
    expect(await alertsOf(account, 1)).toMatchObject([{ percent: 80 }]);
    await replica.reserve(account, newExecutions(50));
    await look();
    expect(await alertsOf(account, 2)).toMatchObject([{ percent: 80 }, { percent: 100, used: 100 }]);
  });

  it('leave out the lower one when both are reached at once', async () => {
    const account = newAccount();
    await billing.book(account, 130);
    await look();
    expect(await alertsOf(account, 1)).toMatchObject([{ percent: 100, used: 130 }]);
    await billing.book(account, 1);
    await look();
    expect(await alertsOf(account, 1)).toHaveLength(1);
  });

  it('begin anew with the larger limit of another plan, and with a new period', async () => {
    const account = newAccount();
    await billing.setPlan(account, 'start');
    await billing.book(account, 4_000);
    await look();
    expect(await alertsOf(account, 1)).toMatchObject([{ percent: 80, used: 4_000, limit: 5_000 }]);
    await billing.setPlan(account, 'grow');
    await billing.book(account, 16_000);
    await look();
    expect(await alertsOf(account, 2)).toMatchObject([{ limit: 5_000 }, { percent: 80, used: 20_000, limit: 25_000 }]);
    await billing.setPlan(account, 'free');
    await billing.book(account, 80);
    await look();
    expect(await alertsOf(account, 3)).toMatchObject([{}, {}, { percent: 80, used: 80, limit: 100, plan: 'free' }]);
  });

  it('reach other services although the owner wants no mail about usage', async () => {
    const account = newAccount();
    neighbourhood.wants = { usage_alerts: false };
    await billing.book(account, 80);
    await look();
    expect(await alertsOf(account, 1)).toHaveLength(1);
    expect(await mailsOf(account)).toEqual([]);
  });

  it('wait for neighbours that are away, and are lost by nothing', async () => {
    const account = newAccount();
    neighbourhood.identityDown = true;
    await billing.book(account, 80);
    await look();
    neighbourhood.identityDown = false;
    for (const { running } of [billing, replica]) {
      running.app.get(Clock).now = () => new Date(Date.now() + 31_000);
    }
    await look();
    expect(await alertsOf(account, 1)).toHaveLength(1);
  });
});
