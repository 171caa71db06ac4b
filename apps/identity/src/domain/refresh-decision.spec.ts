import { describe, expect, it } from '@jest/globals';
import { decideRefresh, GRACE_MS, type RefreshableSession } from './refresh-decision.js';

const now = new Date('2026-03-01T12:00:00Z');
const at = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);
const session: RefreshableSession = {
  generation: 5,
  idle_expires_at: at(1_000),
  absolute_expires_at: at(2_000),
  rotated_at: at(-3_000),
  rotated_ip: '192.0.2.1',
  rotated_agent: 'browser',
};
const use = { generation: 5, ip: '192.0.2.1', userAgent: 'browser', now };
const previous = { ...use, generation: 4 };

describe('a use of a refresh token', () => {
  it.each([
    ['of the valid token', session, use, 'rotate'],
    ['of the valid token from elsewhere', session, { ...use, ip: '192.0.2.2', userAgent: 'other' }, 'rotate'],
    ['of the one before, just now', session, previous, 'repeat'],
    ['of the one before, at the last moment', { ...session, rotated_at: at(-GRACE_MS) }, previous, 'repeat'],
    ['of the one before, too late', { ...session, rotated_at: at(-GRACE_MS - 1) }, previous, 'reused'],
    ['of the one before, from another address', session, { ...previous, ip: '192.0.2.2' }, 'reused'],
    ['of the one before, by another agent', session, { ...previous, userAgent: 'other' }, 'reused'],
    ['of an older one', session, { ...use, generation: 3 }, 'reused'],
    ['of a token that was never the valid one', session, { ...use, generation: 6 }, 'reused'],
    ['after the session was ended', { ...session, revoked_at: at(-1) }, use, 'reused'],
    ['after the session lay idle', { ...session, idle_expires_at: now }, use, 'expired'],
    ['after the life of the session', { ...session, absolute_expires_at: at(-1) }, use, 'expired'],
  ] as const)('%s', (_case, given, made, decision) => {
    expect(decideRefresh(given, made)).toBe(decision);
  });
});
