import { expect, it } from '@jest/globals';
import { thresholdsReached } from './usage-threshold.js';

it.each([
  [0, 100, []],
  [79, 100, []],
  [80, 100, [80]],
  [99, 100, [80]],
  [100, 100, [80, 100]],
  [31_000, 25_000, [80, 100]],
  [3_999, 5_000, []],
  [4_000, 5_000, [80]],
  [1_000, null, []],
  [1, 1, [80, 100]],
])('%i of %p executions reach %p', (used, limit, reached) => {
  expect(thresholdsReached(used, limit)).toEqual(reached);
});
