import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { facebookLeadAds } from './facebook-lead-ads.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(facebookLeadAds, vector)).toEqual([]);
});
