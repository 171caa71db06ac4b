import { HttpException } from '@nestjs/common';
import { isProblem, Problem, unavailable } from '#contracts';

interface KnownStatus {
  code: string;
  message: string;
}

const BY_STATUS: Record<number, KnownStatus> = {
  400: { code: 'request.invalid_body', message: 'The request is not valid' },
  401: { code: 'auth.unauthorized', message: 'Authentication required' },
  403: { code: 'account.permission_denied', message: 'Permission denied' },
  404: { code: 'resource.not_found', message: 'Not found' },
  405: { code: 'request.method_not_allowed', message: 'Method not allowed' },
  409: { code: 'resource.conflict', message: 'Conflict' },
  413: { code: 'request.body_too_large', message: 'The body is too large' },
  414: { code: 'request.uri_too_long', message: 'The URL is too long' },
  415: { code: 'request.unsupported_media_type', message: 'Only application/json is accepted' },
  429: { code: 'generic.rate_limited', message: 'Too many requests' },
  503: { code: 'generic.unavailable', message: 'The service is not available, try again in a moment' },
};

/** Names of errors that mean "a dependency is away", by the libraries that throw them. */
const UNAVAILABLE = new Set([
  'EmptyResponseException',
  'NoRespondersError',
  'TimeoutError',
  'ConnectionError',
  'ClosedConnectionError',
  'DrainingConnectionError',
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'PoolClearedError',
  'MongoWaitQueueTimeoutError',
  'MongooseServerSelectionError',
]);

const isAway = (error: unknown): boolean =>
  error instanceof Error && (UNAVAILABLE.has(error.name) || UNAVAILABLE.has(error.constructor.name));

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  return undefined;
}

/** Anything thrown becomes a problem; what nobody foresaw says nothing but `generic.internal`. */
export function toProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  const status = statusOf(error);
  if (status !== undefined && status < 500) {
    const known = BY_STATUS[status] ?? { code: 'request.refused', message: 'The request was refused' };
    return new Problem(status, known.code, known.message, { cause: error });
  }
  if (isAway(error) || status === 503) return unavailable('The service', error);
  return new Problem(500, 'generic.internal', 'Internal server error', { cause: error });
}
