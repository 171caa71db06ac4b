import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { routeItScore } from './route-it-score.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(routeItScore, vector)).toEqual([]);
});
