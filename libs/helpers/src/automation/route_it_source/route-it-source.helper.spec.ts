import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { routeItSource } from './route-it-source.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(routeItSource, vector)).toEqual([]);
});
