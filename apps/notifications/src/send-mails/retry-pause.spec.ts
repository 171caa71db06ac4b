import { expect, it } from '@jest/globals';
import { retryPause } from './retry-pause.js';

it('waits four times as long after each attempt, and ends after five further ones', () => {
  expect([1, 2, 3, 4, 5, 6].map((attempt) => retryPause(attempt, 5_000, 0.5))).toEqual([
    5_000,
    20_000,
    80_000,
    320_000,
    1_280_000,
    undefined,
  ]);
});

it('spreads mails that failed together', () => {
  expect([retryPause(1, 1_000, 0), retryPause(1, 1_000, 1)]).toEqual([800, 1_200]);
});
