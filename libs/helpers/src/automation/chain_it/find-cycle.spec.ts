import { describe, expect, test } from '@jest/globals';
import type { HelpersDirectory } from '../../_kit/ports.js';
import { findChainCycle } from './find-cycle.js';

const directoryOf = (chains: Record<string, unknown[]>): HelpersDirectory => ({
  resolve: (identifier) =>
    Promise.resolve({
      helperId: identifier,
      helperType: identifier in chains ? 'chain_it' : 'tag_it',
      name: identifier,
      enabled: true,
      config: { helpers: chains[identifier] ?? [] },
    }),
});

describe('findChainCycle', () => {
  test('a chain of plain helpers has none, also when one comes twice', async () => {
    expect(await findChainCycle(directoryOf({}), 'a', { helpers: ['x', 'x', 'y'] })).toBeNull();
  });

  test('two ways to the same chain are no circle', async () => {
    const directory = directoryOf({ b: ['d'], c: ['d'], d: ['x'] });
    expect(await findChainCycle(directory, 'a', { helpers: ['b', 'c'] })).toBeNull();
  });

  test('shows the way back', async () => {
    const directory = directoryOf({ b: ['x', 'c'], c: ['a'] });
    expect(await findChainCycle(directory, 'a', { helpers: ['x', 'b'] })).toEqual(['a', 'b', 'c', 'a']);
  });

  test('finds a circle that it only leads into', async () => {
    const directory = directoryOf({ b: ['c'], c: ['b'] });
    expect(await findChainCycle(directory, 'a', { helpers: ['b'] })).toEqual(['a', 'b', 'c', 'b']);
  });

  test('a configuration that a step brings along replaces that of the helper', async () => {
    const directory = directoryOf({ b: ['a'] });
    expect(await findChainCycle(directory, 'a', { helpers: [{ id: 'b', config: { helpers: ['x'] } }] })).toBeNull();
  });

  test('more than ten chains one in the other are too deep', async () => {
    const row = (length: number) =>
      directoryOf(Object.fromEntries(Array.from({ length }, (_, i) => [`n${i}`, [`n${i + 1}`]])));
    expect(await findChainCycle(row(9), 'a', { helpers: ['n0'] })).toBeNull();
    expect(await findChainCycle(row(10), 'a', { helpers: ['n0'] })).toHaveLength(11);
  });

  test('many ways through the same chains are walked once', async () => {
    const levels = Array.from({ length: 8 }, (_, i) => [`n${i}`, Array.from({ length: 20 }, () => `n${i + 1}`)]);
    expect(
      await findChainCycle(directoryOf(Object.fromEntries(levels) as Record<string, string[]>), 'a', {
        helpers: ['n0'],
      }),
    ).toBeNull();
  });

  test('an unfinished chain names nothing', async () => {
    expect(await findChainCycle(directoryOf({}), 'a', {})).toBeNull();
  });
});
