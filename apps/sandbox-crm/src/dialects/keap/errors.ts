import type { Answer } from '../../server/answer.js';
import type { Refusal } from '../dialect.js';

const STATUS_WORDS: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'ALREADY_EXISTS',
  413: 'INVALID_ARGUMENT',
  415: 'INVALID_ARGUMENT',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
};

/** The error form of Keap's API itself. */
export function apiError(status: number, message: string, resource = ''): Record<string, unknown> {
  return {
    code: status,
    message,
    status: STATUS_WORDS[status] ?? 'UNKNOWN',
    details: resource === '' ? [] : [{ domain: 'keap', resource }],
  };
}

export function refusedAnswer(refusal: Refusal): Answer {
  return { status: refusal.status, body: apiError(refusal.status, refusal.message, refusal.resource) };
}

/** What Keap's gateway says before a request reaches the API: another form than the API's own errors. */
export function gatewayFault(faultstring: string, errorcode: string): Record<string, unknown> {
  return { fault: { faultstring, detail: { errorcode } } };
}

export function unauthorizedAnswer(fault: 'missing' | 'unknown' | 'expired'): Answer {
  const body =
    fault === 'expired'
      ? gatewayFault('Access Token expired', 'keymanagement.service.access_token_expired')
      : gatewayFault('Invalid access token', 'oauth.v2.InvalidAccessToken');
  return { status: 401, body };
}

/** The usual body for a status that only a planned fault produces. */
export function faultBody(status: number): unknown {
  if (status === 401) return unauthorizedAnswer('unknown').body;
  if (status === 429) return gatewayFault('Rate limit quota violation', 'policies.ratelimit.QuotaViolation');
  return apiError(status, 'Planned fault of the sandbox');
}
