import { describe, expect, it } from '@jest/globals';
import { scopeOf } from '#contracts';
import { readCursor, signCursor } from './cursor.js';

const secret = 'a key of this installation';
const binding = { scope: scopeOf('account:1'), filter: { status: 'failed', helper: 'h' }, order: '-created_at,_id' };
const refusal = { status: 400, code: 'request.invalid_query_parameter' };

describe('cursors', () => {
  const cursor = signCursor(secret, binding, ['2026-01-01T00:00:00.000Z', 'exec:ä']);

  it('give back their position, whatever the key order of the filter', () => {
    const reordered = { ...binding, filter: { helper: 'h', status: 'failed' } };
    expect(readCursor(secret, reordered, cursor)).toEqual(['2026-01-01T00:00:00.000Z', 'exec:ä']);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it.each([
    ['another account', { ...binding, scope: scopeOf('account:2') }],
    ['another filter', { ...binding, filter: { status: 'completed', helper: 'h' } }],
    ['another order', { ...binding, order: '_id' }],
  ])('are refused for %s', (_case, other) => {
    expect(() => readCursor(secret, other, cursor)).toThrow(expect.objectContaining(refusal));
  });

  it('are refused with any bit changed', () => {
    const bytes = Buffer.from(cursor, 'base64url');
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => readCursor(secret, binding, changed.toString('base64url'))).toThrow(
        expect.objectContaining(refusal),
      );
    }
  });

  it.each(['', 'x', 'not a cursor', 'AAAA'.repeat(1_000)])('are refused when they are none: %#', (text) => {
    expect(() => readCursor(secret, binding, text)).toThrow(expect.objectContaining(refusal));
  });
});
