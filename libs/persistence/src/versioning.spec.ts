import { describe, expect, it } from '@jest/globals';
import { etagOf, versionFromIfMatch } from './versioning.js';

describe('If-Match', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['*', undefined],
    [etagOf(7), 7],
    ['W/"12"', 12],
    ['3', 3],
  ])('reads %p as version %p', (header, version) => {
    expect(versionFromIfMatch(header)).toBe(version);
  });

  it.each(['"abc"', '"1", "2"', '-1'])('refuses %p', (header) => {
    expect(() => versionFromIfMatch(header)).toThrow(
      expect.objectContaining({ status: 412, code: 'resource.version_conflict' }),
    );
  });
});
