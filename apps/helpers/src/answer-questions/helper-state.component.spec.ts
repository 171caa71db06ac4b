import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#contracts';
import { Database, ensureIndexes, PersistenceConfig, UnitOfWork } from '#persistence';
import { freshEnvironment } from '#testing';
import { CounterDraws, HelperCounters } from './helper-counters.js';
import { HelperState } from './helper-state.js';

const environment = freshEnvironment();
const database = new Database('helper-state', PersistenceConfig.parse(process.env));
/** Two instances of the service beside each other: nothing in a process keeps them apart. */
const counters = [0, 1].map(() => new HelperCounters(database, new CounterDraws(database), new UnitOfWork(database)));
const state = new HelperState(database);
const advance = (index: number, account: string, key: string, token: string): Promise<number> =>
  counters[index % 2]?.advance(account, key, token) ?? Promise.reject(new Error('no counter'));

beforeAll(async () => {
  await database.connect();
  await ensureIndexes(database);
});
afterAll(async () => {
  await database.close();
  await environment.dispose();
});

describe('a counter', () => {
  it('gives each execution its own number, however many ask at once and however often', async () => {
    const account = newId('account');
    const asked = Array.from({ length: 60 }, (_, index) => advance(index, account, 'split:h', `exec-${index % 30}`));
    const numbers = await Promise.all(asked);
    const firsts = numbers.slice(0, 30);
    expect([...firsts].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(numbers.slice(30)).toEqual(firsts);
    expect(await advance(0, account, 'split:h', 'exec-3')).toBe(firsts[3]);
    expect(await advance(1, account, 'split:h', 'exec-new')).toBe(31);
  });

  it('belongs to its account', async () => {
    const [one, other] = [newId('account'), newId('account')];
    await advance(0, one, 'split:h', 'a');
    expect(await advance(0, other, 'split:h', 'a')).toBe(1);
  });
});

describe('a kept value', () => {
  it('is decided by the first of many', async () => {
    const account = newId('account');
    const tries = Array.from({ length: 20 }, (_, index) =>
      state.compareAndSet(account, { key: 'timer', token: `t${index}`, expected: null, next: `v${index}` }),
    );
    const answers = await Promise.all(tries);
    expect(answers.filter(({ stored }) => stored)).toHaveLength(1);
    expect(new Set(answers.map(({ value }) => value)).size).toBe(1);
    expect(await state.read(account, 'timer')).toBe(answers[0]?.value);
    expect(await state.read(newId('account'), 'timer')).toBeNull();
  });

  it('changes only when it is the expected one, and a repeated change is told that it was made', async () => {
    const account = newId('account');
    const change = { key: 'drip', token: 'a', expected: null, next: '1' };
    expect(await state.compareAndSet(account, change)).toEqual({ stored: true, value: '1' });
    expect(await state.compareAndSet(account, change)).toEqual({ stored: true, value: '1' });
    expect(await state.compareAndSet(account, { ...change, token: 'b' })).toEqual({ stored: false, value: '1' });
    const on = { key: 'drip', token: 'b', expected: '1', next: '2' };
    expect(await state.compareAndSet(account, on)).toEqual({ stored: true, value: '2' });
    expect(await state.compareAndSet(account, on)).toEqual({ stored: true, value: '2' });
    expect(await state.compareAndSet(account, { ...on, token: 'c' })).toEqual({ stored: false, value: '2' });
    const none = { key: 'none', token: 'a', expected: '1', next: '2' };
    expect(await state.compareAndSet(account, none)).toEqual({ stored: false, value: null });
  });

  it('ends when its time has come, before anything cleans up', async () => {
    const account = newId('account');
    const first = { key: 'timer', token: 'a', expected: null, next: '1', keepUntil: new Date(Date.now() - 1) };
    expect((await state.compareAndSet(account, first)).stored).toBe(true);
    expect(await state.read(account, 'timer')).toBeNull();
    expect((await state.compareAndSet(account, { ...first, token: 'b', expected: '1' })).stored).toBe(false);
    const second = { key: 'timer', token: 'b', expected: null, next: '2' };
    expect(await state.compareAndSet(account, second)).toEqual({ stored: true, value: '2' });
    expect(await state.read(account, 'timer')).toBe('2');
  });
});
