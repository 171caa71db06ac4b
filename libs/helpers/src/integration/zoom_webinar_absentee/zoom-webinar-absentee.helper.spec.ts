import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { zoomWebinarAbsentee } from './zoom-webinar-absentee.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(zoomWebinarAbsentee, vector)).toEqual([]);
});
