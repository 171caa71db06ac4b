import { describe, expect, it } from '@jest/globals';
import { MemoryBucketStore } from '../../testing/memory-bucket-store.js';
import { KvRateBudget } from './kv-rate-budget.js';
import type { BudgetAnswer, RateScope } from './rate-budget.js';

const SECOND = 1_000;
const scope = (limit = 100, ms = SECOND): RateScope => ({
  key: 'connection:1',
  name: 'connection',
  windows: limit === 0 ? [] : [{ limit, ms }],
});

/** As callers do: whether the answer comes at once or later makes no difference. */
const taken = async (budget: KvRateBudget, from: RateScope): Promise<BudgetAnswer> => budget.take(from, 1);

function fixture(processes = 1) {
  const store = new MemoryBucketStore();
  const clock = { now: 1_700_000_000_000 };
  const failures: string[] = [];
  const options = { now: () => clock.now, onFailure: (_error: unknown, key: string) => failures.push(key) };
  const budgets = Array.from({ length: processes }, () => new KvRateBudget(store, options));
  return { store, clock, failures, budgets, budget: budgets[0] as KvRateBudget };
}

it('asks nobody about an unlimited scope', () => {
  const { store, budget } = fixture();
  expect(budget.take(scope(0), 1)).toMatchObject({ ok: true });
  budget.pause(scope(0), new Date());
  expect([store.reads, store.writes]).toEqual([0, 0]);
});

it('gives the limit at once, then says when to come back', async () => {
  const { budget, clock } = fixture();
  const answers = await Promise.all(Array.from({ length: 60 }, () => taken(budget, scope(25))));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(25);
  const later = answers.flatMap((answer) => (answer.ok ? [] : [answer.retryAt.getTime() - clock.now]));
  // One window on for as many as fit into it, and one more for the others.
  expect(later.filter((ms) => ms < 1_200)).toHaveLength(25);
  expect(later.filter((ms) => ms >= 2_100 && ms < 2_300)).toHaveLength(10);
});

it('serves in the order of asking', async () => {
  const { budget } = fixture();
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const { ok } = await budget.take(scope(4), 1);
      if (ok) order.push(index);
    }),
  );
  expect(order).toEqual([0, 1, 2, 3]);
});

it('answers most calls from memory while plenty is left', async () => {
  const { budget, store, clock } = fixture();
  let given = 0;
  for (let step = 0; step < 200; step += 1) {
    clock.now += 5;
    const answers = await Promise.all([taken(budget, scope(60_000)), taken(budget, scope(60_000))]);
    given += answers.filter(({ ok }) => ok).length;
  }
  expect(given).toBe(400);
  expect(store.reads + store.writes).toBeLessThan(given / 3);
});

it('never gives more than the limit in any window over all processes', async () => {
  const { budgets, clock } = fixture(4);
  const given: number[] = [];
  for (let step = 0; step < 1_000; step += 1) {
    clock.now += 10;
    const asked = budgets.flatMap((budget) => [taken(budget, scope()), taken(budget, scope())]);
    for (const { ok } of await Promise.all(asked)) if (ok) given.push(clock.now);
  }
  const most = Math.max(...given.map((from) => given.filter((at) => at >= from && at < from + SECOND).length));
  expect(most).toBeLessThanOrEqual(100);
  // And most of them are used.
  expect(given.length).toBeGreaterThan(100 * 10 * 0.85);
});

describe('a party with thousands of calls', () => {
  const share = scope(20);
  const busy = (budget: KvRateBudget) => Array.from({ length: 20 }, async () => budget.take(share, 1, 'busy'));

  it('gets half where another one has as many', async () => {
    const { budgets, clock } = fixture(2);
    const [first, second] = budgets as [KvRateBudget, KvRateBudget];
    const got = [0, 0];
    for (let step = 0; step < 500; step += 1) {
      clock.now += 20;
      const all = [busy(first), Array.from({ length: 20 }, async () => second.take(share, 1, 'other'))];
      const answers = await Promise.all(all.map((asked) => Promise.all(asked)));
      answers.forEach((party, index) => (got[index] = (got[index] ?? 0) + party.filter(({ ok }) => ok).length));
    }
    const [one = 0, other = 0] = got;
    expect(Math.min(one, other)).toBeGreaterThan((one + other) * 0.4);
  });

  it('does not let one wait that makes a call now and then', async () => {
    const { budgets, clock } = fixture(2);
    const [first, second] = budgets as [KvRateBudget, KvRateBudget];
    let waitingSince: number | undefined;
    const waits: number[] = [];
    for (let step = 0; step < 1_500; step += 1) {
      clock.now += 20;
      const flood = busy(first);
      // A call each 400 ms, and again when it was refused.
      if (step % 20 === 0) waitingSince ??= clock.now;
      if (waitingSince !== undefined) {
        const { ok } = await second.take(share, 1, 'quiet');
        if (ok) waits.push(clock.now - waitingSince);
        if (ok) waitingSince = undefined;
      }
      await Promise.all(flood);
    }
    expect(waits.length).toBeGreaterThan(70);
    expect(Math.max(...waits)).toBeLessThan(1_200);
    expect(waits.filter((ms) => ms === 0).length).toBeGreaterThan(waits.length * 0.9);
  });
});

it('gives back what was taken but not used', async () => {
  const { budget } = fixture();
  const answers = await Promise.all([1, 2, 3].map(() => taken(budget, scope(3))));
  const [first] = answers;
  expect(await taken(budget, scope(3))).toMatchObject({ ok: false });
  if (first?.ok === true) budget.giveBack(scope(3), first.at, 1);
  expect(await taken(budget, scope(3))).toMatchObject({ ok: true });
});

it('shares a vendor’s pause with the other processes', async () => {
  const { budgets, clock } = fixture(2);
  const [first, second] = budgets as [KvRateBudget, KvRateBudget];
  expect(await second.take(scope(), 1)).toMatchObject({ ok: true });
  first.pause(scope(), new Date(clock.now + 3_000));
  await new Promise((resolve) => setTimeout(resolve, 20));
  clock.now += 200;

  expect(await first.take(scope(), 1)).toEqual({ ok: false, retryAt: new Date(clock.now + 2_801) });
  expect(await second.take(scope(), 1)).toMatchObject({ ok: false });
  clock.now += 2_801;
  expect(await second.take(scope(), 1)).toMatchObject({ ok: true });
});

it('shares what the vendor says about its windows', async () => {
  const { budgets } = fixture(2);
  const [first, second] = budgets as [KvRateBudget, KvRateBudget];
  first.report(scope(10), [{ window: 0, remaining: 2 }]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const answers = await Promise.all([1, 2, 3].map(() => taken(second, scope(10))));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
});

it('lets nobody call while the store is away, and goes on when it is back', async () => {
  const { budget, store, clock, failures } = fixture();
  store.failing = true;
  expect(await budget.take(scope(), 1)).toEqual({ ok: false, retryAt: new Date(clock.now + 1_000) });
  expect(failures).toEqual(['connection:1']);
  store.failing = false;
  expect(await budget.take(scope(), 1)).toMatchObject({ ok: true });
});

it('takes new limits of a scope at once', async () => {
  const { budget } = fixture();
  await budget.take(scope(1), 1);
  expect(await budget.take(scope(1), 1)).toMatchObject({ ok: false });
  expect(budget.take(scope(0), 1)).toMatchObject({ ok: true });
});
