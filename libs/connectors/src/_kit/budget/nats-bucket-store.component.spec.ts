import { randomUUID } from 'node:crypto';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { counted, emptyState, type BudgetState } from './budget-state.js';
import { KvRateBudget } from './kv-rate-budget.js';
import { NatsBucketStore } from './nats-bucket-store.js';

const bucket = `budget_${randomUUID().slice(0, 8)}`;
const connections: NatsConnection[] = [];

beforeAll(async () => {
  for (let process_ = 0; process_ < 3; process_ += 1) {
    connections.push(await connect({ servers: process.env['NATS_URL'] ?? '' }));
  }
});

afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
});

const stores = () => connections.map((connection) => new NatsBucketStore(connection, { bucket }));

it('lets one of two writers on a revision win', async () => {
  const [first, second] = stores() as [NatsBucketStore, NatsBucketStore];
  const windows = [{ limit: 5, ms: 1_000 }];
  const state = counted(windows, emptyState(windows, 5), 5, 2);
  expect(await first.read('a:b/c')).toBeUndefined();
  const written = await Promise.all([first.write('a:b/c', state, 0), second.write('a:b/c', state, 0)]);
  expect(written.filter((revision) => revision !== undefined)).toHaveLength(1);

  const stored = await second.read('a:b/c');
  expect(stored?.state).toEqual(state);
  const revision = stored?.revision ?? 0;
  expect(await second.write('a:b/c', { ...state, at: 6 }, revision)).toBeGreaterThan(revision);
  expect(await first.write('a:b/c', { ...state, at: 7 }, revision)).toBeUndefined();
});

it('replaces what it cannot read', async () => {
  const [store, other] = stores() as [NatsBucketStore, NatsBucketStore];
  const strange = { tokens: [1], at: 5, pausedUntil: 0 } as unknown as BudgetState;
  expect(await store.write('strange', strange, 0)).toBeDefined();
  const scope = { key: 'strange', name: 'connection', windows: [{ limit: 5, ms: 1_000 }] };
  expect(await new KvRateBudget(other).take(scope, 1)).toMatchObject({ ok: true });
});

const RUN_MS = 4_000;

it('keeps three processes together below a limit and gives them all a share', async () => {
  const scope = { key: 'connection:shared', name: 'connection', windows: [{ limit: 50, ms: 1_000 }] };
  const budgets = stores().map((store) => new KvRateBudget(store));
  const startedAt = Date.now();
  const given = await Promise.all(
    budgets.map(async (budget) => {
      let count = 0;
      while (Date.now() - startedAt < RUN_MS) {
        const answer = await budget.take(scope, 1);
        if (answer.ok) count += 1;
        else await new Promise((resolve) => setTimeout(resolve, Math.max(1, answer.retryAt.getTime() - Date.now())));
      }
      return count;
    }),
  );
  const windows = Math.ceil((Date.now() - startedAt) / 1000) + 1;
  const total = given.reduce((sum, count) => sum + count, 0);

  expect(total).toBeLessThanOrEqual(50 * windows);
  expect(total).toBeGreaterThan(50 * (RUN_MS / 1000) * 0.7);
  for (const count of given) expect(count).toBeGreaterThan(total / 30);
});
