import { expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf } from '#helper-testing';
import { zoomWebinarParticipant } from './zoom-webinar-participant.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(zoomWebinarParticipant, vector)).toEqual([]);
});
