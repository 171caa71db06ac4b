import { describe, expect, test } from '@jest/globals';
import { indexOfTurn, nextIndex } from './turns.js';

test.each([
  ['', 2, 0],
  ['A', 2, 1],
  ['B', 2, 0],
  ['C', 2, 0],
  ['a', 2, 0],
  ['D', 5, 4],
  ['E', 5, 0],
])('after %p of %p comes number %p', (letter, options, expected) => {
  expect(nextIndex(letter, options)).toBe(expected);
});

const counts = (weights: number[], turns: number): number[] => {
  const drawn = Array.from({ length: turns }, (_, index) => indexOfTurn(index + 1, weights));
  return weights.map((_, option) => drawn.filter((each) => each === option).length);
};

describe('turns of a counter', () => {
  test('equal options take turns, the second one first', () => {
    expect([1, 2, 3, 4, 5].map((turn) => indexOfTurn(turn, [1, 1]))).toEqual([1, 0, 1, 0, 1]);
    expect([1, 2, 3].map((turn) => indexOfTurn(turn, [7, 7, 7]))).toEqual([1, 2, 0]);
  });

  test('weights are kept exactly in each round', () => {
    expect(counts([70, 30], 100)).toEqual([70, 30]);
    expect(counts([70, 30], 1000)).toEqual([700, 300]);
    expect(counts([5, 0, 1], 60)).toEqual([50, 0, 10]);
  });

  test('weighted options are spread, not in blocks', () => {
    expect([1, 2, 3, 4].map((turn) => indexOfTurn(turn, [3, 1]))).toEqual([0, 0, 1, 0]);
  });
});
