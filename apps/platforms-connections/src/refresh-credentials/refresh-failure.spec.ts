import { describe, expect, it } from '@jest/globals';
import { ConnectorError } from '#connectors';
import { failureOf, problemOf, stands } from './refresh-failure.js';

const now = new Date('2026-05-01T10:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const errorOf = (kind: ConnectorError['kind'], retryAfterMs?: number) =>
  new ConnectorError({ kind, platform: 'keap', message: 'why', ...(retryAfterMs !== undefined && { retryAfterMs }) });

describe('failureOf', () => {
  it('is final only when the vendor refused the grant', () => {
    const failure = failureOf('l', errorOf('auth_invalid'), now);
    expect(failure).toEqual({ lease_id: 'l', status: 400, code: 'connections.credentials_rejected', message: 'why' });
    expect(stands(failure, later(365 * 24 * 3600 * 1000))).toBe(true);
  });

  it('keeps everybody waiting as long as the vendor says', () => {
    const failure = failureOf('l', errorOf('rate_limited', 12_000), now);
    expect(failure).toMatchObject({ status: 503, retry_at: later(12_000) });
    expect(stands(failure, later(11_999))).toBe(true);
    expect(stands(failure, later(12_000))).toBe(false);
    expect(problemOf(failure, later(500)).headers).toEqual({ 'Retry-After': '12' });
  });

  it.each(['network', 'server', 'protocol', 'forbidden'] as const)('does not blame the customer for %s', (kind) => {
    const failure = failureOf('l', errorOf(kind), now);
    expect(failure).toMatchObject({ status: 502, code: 'connections.vendor_unavailable' });
    expect(failure.retry_at).toBeInstanceOf(Date);
  });
});
