import { expect, it } from '@jest/globals';
import { CONNECTOR_ERROR_KINDS, ConnectorError } from '#connectors';
import { vendorProblem } from './vendor-problem.js';

const problemOf = (kind: ConnectorError['kind'], retryAfterMs?: number) =>
  vendorProblem(
    new ConnectorError({ kind, platform: 'keap', message: 'no', ...(retryAfterMs !== undefined && { retryAfterMs }) }),
  );

it.each([
  ['auth_expired', 400, 'connections.credentials_rejected'],
  ['auth_invalid', 400, 'connections.credentials_rejected'],
  ['forbidden', 400, 'connections.credentials_rejected'],
  ['rate_limited', 503, 'generic.unavailable'],
  ['network', 502, 'connections.vendor_unavailable'],
  ['server', 502, 'connections.vendor_unavailable'],
  ['protocol', 502, 'connections.vendor_unavailable'],
  ['validation', 400, 'connections.vendor_refused'],
  ['not_found', 404, 'connections.vendor_not_found'],
  ['unsupported', 422, 'connections.unsupported'],
] as const)('answers %s with %i %s', (kind, status, code) => {
  expect(problemOf(kind)).toMatchObject({ status, code });
});

it('never answers 401 or 403, which clients take for the end of their own session', () => {
  const statuses = CONNECTOR_ERROR_KINDS.map((kind) => problemOf(kind).status);
  expect(statuses).not.toContain(401);
  expect(statuses).not.toContain(403);
});

it('says when to come back, in whole seconds', () => {
  expect(problemOf('rate_limited', 2_100).headers).toEqual({ 'Retry-After': '3' });
  expect(problemOf('network', 2_100).headers).toEqual({});
});
