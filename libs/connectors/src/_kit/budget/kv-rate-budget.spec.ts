import { expect, it } from '@jest/globals';
import { rateLimits } from '../platform-manifest.js';
import { MemoryBucketStore } from '../../testing/memory-bucket-store.js';
import { KvRateBudget } from './kv-rate-budget.js';
import type { BudgetAnswer, RateScope } from './rate-budget.js';

const scope = (limits = rateLimits(100, 0, 0, 200)): RateScope => ({ key: 'connection:1', limits });

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
  const unlimited = scope(rateLimits(0, 0, 0, 50));
  expect(budget.take(unlimited, 1)).toEqual({ ok: true });
  budget.pause(unlimited, new Date());
  expect([store.reads, store.writes]).toEqual([0, 0]);
});

it('gives the burst, then says when to come back', async () => {
  const { budget, clock } = fixture();
  const limits = rateLimits(10, 0, 0, 25);
  const answers = await Promise.all(Array.from({ length: 40 }, () => taken(budget, scope(limits))));
  const given = answers.filter(({ ok }) => ok).length;

  expect(given).toBeLessThanOrEqual(25);
  expect(given).toBeGreaterThanOrEqual(24);
  const later = answers.flatMap((answer) => (answer.ok ? [] : [answer.retryAt.getTime() - clock.now]));
  expect(later).toHaveLength(40 - given);
  // A moment of its own for each: they do not all come back at once.
  expect(later).toEqual(later.toSorted((a, b) => a - b));
  expect(new Set(later).size).toBe(later.length);
  expect(later.at(-1)).toBeLessThanOrEqual(((40 - given + 1) / 10) * 1000);
});

it('serves in the order of asking', async () => {
  const { budget } = fixture();
  const order: number[] = [];
  const limits = rateLimits(5, 0, 0, 5);
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const { ok } = await budget.take(scope(limits), 1);
      if (ok) order.push(index);
    }),
  );
  expect(order).toEqual([0, 1, 2, 3]);
});

it('answers most calls from memory', async () => {
  const { budget, store, clock } = fixture();
  let given = 0;
  for (let step = 0; step < 200; step += 1) {
    clock.now += 5;
    const answers = await Promise.all([taken(budget, scope()), taken(budget, scope())]);
    given += answers.filter(({ ok }) => ok).length;
  }
  expect(given).toBeGreaterThan(250);
  expect(store.reads + store.writes).toBeLessThan(given / 3);
});

it('never uses more than the limits over all processes', async () => {
  const { budgets, clock } = fixture(4);
  const startedAt = clock.now;
  let given = 0;
  for (let step = 0; step < 1_000; step += 1) {
    clock.now += 10;
    const answers = await Promise.all(budgets.flatMap((budget) => [taken(budget, scope()), taken(budget, scope())]));
    given += answers.filter(({ ok }) => ok).length;
    const seconds = (clock.now - startedAt) / 1000;
    expect(given).toBeLessThanOrEqual(200 + 100 * seconds);
  }
  // And most of them are used.
  expect(given).toBeGreaterThan((200 + 100 * 10) * 0.9);
});

it('shares a vendor’s pause with the other processes', async () => {
  const { budgets, clock } = fixture(2);
  const [first, second] = budgets as [KvRateBudget, KvRateBudget];
  expect(await second.take(scope(), 1)).toEqual({ ok: true });
  first.pause(scope(), new Date(clock.now + 3_000));
  await new Promise((resolve) => setTimeout(resolve, 20));
  clock.now += 200;

  expect(await first.take(scope(), 1)).toEqual({ ok: false, retryAt: new Date(clock.now + 2_800) });
  expect(await second.take(scope(), 1)).toMatchObject({ ok: false });
  clock.now += 2_801;
  expect(await second.take(scope(), 1)).toEqual({ ok: true });
});

it('lets nobody call while the store is away, and goes on when it is back', async () => {
  const { budget, store, clock, failures } = fixture();
  store.failing = true;
  expect(await budget.take(scope(), 1)).toEqual({ ok: false, retryAt: new Date(clock.now + 1_000) });
  expect(failures).toEqual(['connection:1']);
  store.failing = false;
  expect(await budget.take(scope(), 1)).toEqual({ ok: true });
});

it('takes new limits of a scope at once', async () => {
  const { budget } = fixture();
  const few = scope(rateLimits(1, 0, 0, 1));
  await budget.take(few, 1);
  expect(await budget.take(few, 1)).toMatchObject({ ok: false });
  expect(budget.take(scope(rateLimits(0, 0, 0, 0)), 1)).toEqual({ ok: true });
});
