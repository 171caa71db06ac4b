import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { routeItByTime } from './route-it-by-time.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(routeItByTime, vector)).toEqual([]);
});
