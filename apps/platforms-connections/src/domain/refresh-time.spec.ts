import { expect, it } from '@jest/globals';
import { refreshAfter } from './refresh-time.js';

const at = (seconds: number) => new Date(seconds * 1000);

it('is four fifths into the lifetime', () => {
  expect(refreshAfter(at(1000), at(2000))).toEqual(at(1800));
});

it('is at once for a lifetime that is over before it began', () => {
  expect(refreshAfter(at(2000), at(1000))).toEqual(at(2000));
});

it('is never for a token without expiry', () => {
  expect(refreshAfter(at(1000), undefined)).toBeNull();
});
