import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { routeIt } from './route-it.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(routeIt, vector)).toEqual([]);
});
