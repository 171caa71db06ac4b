import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { timezoneTriggers } from './timezone-triggers.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(timezoneTriggers, vector)).toEqual([]);
});
