import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import { GroupedWriter } from './grouped-writer.js';

/** A flush that the test finishes by hand. */
function manualFlush(): {
  groups: number[][];
  flush: (items: readonly number[]) => Promise<readonly (string | Error)[]>;
  finish: (group: number, outcomes?: (string | Error)[]) => void;
  fail: (group: number, error: Error) => void;
} {
  const groups: number[][] = [];
  const pending: { resolve: (outcomes: (string | Error)[]) => void; reject: (error: Error) => void }[] = [];
  return {
    groups,
    flush: (items) => {
      groups.push([...items]);
      return new Promise((resolve, reject) => pending.push({ resolve, reject }));
    },
    finish: (group, outcomes) =>
      pending[group]?.resolve(outcomes ?? (groups[group] ?? []).map((item) => `done ${item}`)),
    fail: (group, error) => pending[group]?.reject(error),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('GroupedWriter', () => {
  it('writes at once and alone while idle', async () => {
    const { groups, flush } = manualFlush();
    const writer = new GroupedWriter({ flush });
    void writer.add(1);
    await turn();
    expect(groups).toEqual([[1]]);
  });

  it('writes what arrives in one turn of the event loop as one group', async () => {
    const { groups, flush } = manualFlush();
    const writer = new GroupedWriter({ flush });
    void writer.add(1);
    await Promise.resolve();
    void writer.add(2);
    await turn();
    expect(groups).toEqual([[1, 2]]);
  });

  it('gives outcomes early but keeps the place until the group has ended', async () => {
    const ended = Promise.withResolvers<void>();
    const groups: number[][] = [];
    const writer = new GroupedWriter<number, string>({
      parallel: 1,
      flush: async (items, settle) => {
        groups.push([...items]);
        settle(items.map((item) => `early ${item}`));
        await ended.promise;
        return items.map((item) => `late ${item}`);
      },
    });
    expect(await writer.add(1)).toBe('early 1');
    const next = writer.add(2);
    await turn();
    expect(groups).toEqual([[1]]);
    ended.resolve();
    expect(await next).toBe('early 2');
  });

  it('collects what arrives while both writers are busy and writes it as one group, in order', async () => {
    const { groups, flush, finish } = manualFlush();
    const writer = new GroupedWriter({ flush });
    const results = [writer.add(1)];
    await turn();
    results.push(writer.add(2));
    await turn();
    results.push(...numbers(3, 6).map((item) => writer.add(item)));
    await turn();
    expect(groups).toEqual([[1], [2]]);
    expect(writer.waiting).toBe(4);
    finish(0);
    await turn();
    expect(groups).toEqual([[1], [2], [3, 4, 5, 6]]);
    finish(1);
    finish(2);
    expect(await Promise.all(results)).toEqual(numbers(1, 6).map((item) => `done ${item}`));
  });

  it('never has more than two groups under way nor more than 200 items in one', async () => {
    let running = 0;
    let most = 0;
    const sizes: number[] = [];
    const writer = new GroupedWriter<number, number>({
      flush: async (items) => {
        running += 1;
        most = Math.max(most, running);
        await turn();
        running -= 1;
        return items;
      },
      onGroup: (size) => sizes.push(size),
    });
    const results = await Promise.all(numbers(1, 1_000).map((item) => writer.add(item)));
    expect(results).toEqual(numbers(1, 1_000));
    expect(most).toBe(2);
    expect(Math.max(...sizes)).toBe(200);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_000);
  });

  it('rejects only the item whose outcome is an error', async () => {
    const { flush, finish } = manualFlush();
    const writer = new GroupedWriter({ flush, parallel: 1 });
    const first = writer.add(1);
    await turn();
    const second = writer.add(2);
    const third = writer.add(3);
    finish(0);
    await first;
    await turn();
    finish(1, [new Error('taken'), 'fine']);
    await expect(second).rejects.toThrow('taken');
    await expect(third).resolves.toBe('fine');
  });

  it('rejects every item of a failed group and goes on with the next', async () => {
    const { flush, fail, finish } = manualFlush();
    const writer = new GroupedWriter({ flush, parallel: 1 });
    const first = writer.add(1);
    await turn();
    const second = writer.add(2);
    fail(0, new Error('database away'));
    await expect(first).rejects.toThrow('database away');
    await turn();
    finish(1);
    await expect(second).resolves.toBe('done 2');
  });

  it('rejects a group whose flush throws at once or answers too few outcomes', async () => {
    const throwing = new GroupedWriter<number, number>({
      flush: () => {
        throw new Error('not even a promise');
      },
    });
    await expect(throwing.add(1)).rejects.toThrow('not even a promise');
    const short = new GroupedWriter<number, number>({ flush: () => Promise.resolve([]) });
    await expect(short.add(1)).rejects.toThrow('0 outcomes for 1 items');
  });

  it('close refuses new items and waits for everything accepted', async () => {
    const { groups, flush, finish } = manualFlush();
    const writer = new GroupedWriter({ flush, parallel: 1 });
    const accepted = [writer.add(1)];
    await turn();
    accepted.push(writer.add(2));
    let closed = false;
    const closing = writer.close().then(() => (closed = true));
    await expect(writer.add(3)).rejects.toThrow('closed');
    finish(0);
    await turn();
    expect(groups).toEqual([[1], [2]]);
    expect(closed).toBe(false);
    finish(1);
    await closing;
    expect(await Promise.all(accepted)).toEqual(['done 1', 'done 2']);
    await writer.close();
  });

  it('keeps the context of one caller out of the group', async () => {
    const caller = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const writer = new GroupedWriter<number, number>({
      flush: (items) => {
        seen.push(caller.getStore());
        return Promise.resolve(items);
      },
    });
    await caller.run('trace of one request', () => writer.add(1));
    expect(seen).toEqual([undefined]);
  });
});
