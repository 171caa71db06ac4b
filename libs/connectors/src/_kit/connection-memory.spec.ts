import { expect, it } from '@jest/globals';
import { ConnectionMemory } from './connection-memory.js';
import { ConnectorError } from './connector-error.js';

const aborted = new ConnectorError({ kind: 'aborted', platform: 'keap', message: 'ended' });

it('loads once for all who ask at the same time', async () => {
  const memory = new ConnectionMemory(() => 0);
  let loads = 0;
  const load = async () => {
    await Promise.resolve();
    loads += 1;
    return loads;
  };
  expect(await Promise.all([memory.recall('x', load), memory.recall('x', load)])).toEqual([1, 1]);
});

it('does not let the end of one run end another', async () => {
  const memory = new ConnectionMemory(() => 0);
  const { promise, reject } = Promise.withResolvers<string>();
  const first = memory.recall('x', () => promise);
  const second = memory.recall('x', () => Promise.resolve('mine'));
  reject(aborted);
  await expect(first).rejects.toBe(aborted);
  expect(await second).toBe('mine');
});

it('remembers no failure', async () => {
  const memory = new ConnectionMemory(() => 0);
  await expect(memory.recall('x', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await memory.recall('x', () => Promise.resolve('back'))).toBe('back');
});
