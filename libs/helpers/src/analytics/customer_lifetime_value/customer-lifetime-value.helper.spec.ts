import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { customerLifetimeValue } from './customer-lifetime-value.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(customerLifetimeValue, vector)).toEqual([]);
});
