import { environment } from '../testing/environment.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#contracts';
import { Database, ensureIndexes, PersistenceConfig } from '#persistence';
import { calendarMonth, periodKey } from '../domain/billing-period.js';
import { planOf } from '../domain/plans.js';
import type { MeterReading, PaymentProvider } from '../payments/payment-provider.js';
import { MeterPositionsRepository } from '../persistence/meter-positions.repository.js';
import type { WatchedUsage } from '../watch-usage/watched-usage.js';
import { MeterUsage } from './meter-usage.js';

/** Counts each identifier once, as the provider does. */
class CountingMeter {
  readonly counted = new Map<string, MeterReading>();
  calls: MeterReading[] = [];
  /** What the next calls come to. */
  faults: ('lost' | 'unanswered')[] = [];

  readonly send = (reading: MeterReading): Promise<void> => {
    this.calls.push(reading);
    const fault = this.faults.shift();
    if (fault === 'lost') return Promise.reject(new Error('the request never arrived'));
    this.counted.set(reading.identifier, this.counted.get(reading.identifier) ?? reading);
    return fault === 'unanswered' ? Promise.reject(new Error('the answer never arrived')) : Promise.resolve();
  };

  total(): number {
    return [...this.counted.values()].reduce((sum, { value }) => sum + value, 0);
  }
}

describe('The meter', () => {
  const database = new Database('billing', PersistenceConfig.parse(process.env));
  const from = new Date('2026-11-07T10:00:00Z');
  const period = { from, to: new Date('2026-12-07T10:00:00Z') };
  let meter: CountingMeter;
  let now: Date;
  let usage: WatchedUsage;
  let instances: MeterUsage[];

  beforeAll(async () => {
    await database.connect();
    await ensureIndexes(database);
  });
  afterAll(async () => {
    await database.close();
    await environment.dispose();
  });
  beforeEach(() => {
    const accountId = newId('account');
    meter = new CountingMeter();
    now = new Date('2026-11-20T00:00:00Z');
    usage = {
      accountId,
      key: periodKey(accountId, period),
      plan: planOf('start'),
      subscription: { known: { customer_id: 'cus_1' } } as unknown as WatchedUsage['subscription'],
      period,
      executions: { booked: 0, reserved: 0, used: 0 },
      isPresent: true,
    };
    const provider = { configured: true, meters: meter } as unknown as PaymentProvider;
    instances = [0, 1].map(() => new MeterUsage(provider, new MeterPositionsRepository(database), { now: () => now }));
  });

  const report = (booked: number, instance = 0, of = usage): Promise<void> =>
    instances[instance]?.report(of, booked) ?? Promise.reject(new Error('no instance'));
  const plain = (identifier = 'free'): WatchedUsage => {
    const accountId = newId('account');
    const month = calendarMonth(now);
    return {
      ...usage,
      accountId,
      key: `${periodKey(accountId, month)}#${identifier}`,
      plan: planOf('free'),
      period: month,
    };
  };

  it('is told what has been booked since it was told last', async () => {
    await report(3);
    await report(3);
    await report(2);
    await report(10);
    expect(meter.calls.map(({ value, customerId }) => [value, customerId])).toEqual([
      [3, 'cus_1'],
      [7, 'cus_1'],
    ]);
    expect(new Set(meter.calls.map(({ identifier }) => identifier)).size).toBe(2);
    expect(meter.calls.every(({ identifier }) => identifier.length <= 100)).toBe(true);
  });

  it.each(['lost', 'unanswered'] as const)('counts everything once when a request is %s', async (fault) => {
    meter.faults = [fault, fault];
    await expect(report(5)).rejects.toThrow('never arrived');
    await expect(report(8, 1)).rejects.toThrow('never arrived');
    await report(9);
    const [first, again, repeated] = meter.calls;
    expect(again).toEqual(first);
    expect(repeated).toEqual(first);
    expect(meter.total()).toBe(9);
  });

  it('counts everything once when processes report at the same time', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    await Promise.all(numbers.map((booked) => report(booked, booked % 2)));
    await report(40);
    expect(meter.total()).toBe(40);
  });

  it('takes executions that end late into the period that accepted them', async () => {
    await report(1);
    now = new Date('2026-12-09T00:00:00Z');
    await report(2);
    expect(meter.calls.map(({ at }) => at.toISOString())).toEqual([
      '2026-11-20T00:00:00.000Z',
      '2026-12-07T09:59:59.000Z',
    ]);
  });

  it('is told the rest of a plan that was left, and nothing of the free one', async () => {
    await report(4);
    await report(6, 0, { ...usage, plan: planOf('free') });
    await report(50, 0, plain());
    expect(meter.total()).toBe(6);
  });

  it('waits until there is a customer and a provider', async () => {
    await report(4, 0, { ...usage, subscription: undefined });
    const silent = { configured: false, meters: meter } as unknown as PaymentProvider;
    await new MeterUsage(silent, new MeterPositionsRepository(database), { now: () => now }).report(usage, 4);
    expect(meter.calls).toEqual([]);
    await report(5);
    expect(meter.total()).toBe(5);
  });
});
