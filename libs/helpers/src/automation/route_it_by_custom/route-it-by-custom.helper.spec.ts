import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { routeItByCustom } from './route-it-by-custom.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(routeItByCustom, vector)).toEqual([]);
});
