import { parseRetryAfter, type HttpResponse } from '#http';
import type { Refusal, VendorDialect } from '../_kit/call/vendor-call.js';
import type { ConnectorErrorKind } from '../_kit/connector-error.js';

/** There is no machine-readable word in a refusal, and bodies are texts or JSON: only the status counts. */
const kinds: Partial<Record<number, ConnectorErrorKind>> = {
  401: 'auth_invalid',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  408: 'network',
  429: 'rate_limited',
  501: 'unsupported',
};

const reasons: Partial<Record<number, string>> = {
  403: 'the user of the key lacks the permission',
  422: 'an e-mail address is not valid',
};

/** The window is a minute: longer pauses are a mistake of a header. */
const LONGEST_PAUSE_SECONDS = 60;

/**
 * How Ontraport is called and refuses. The app id travels as `api_secret`.
 * @param defaultBaseUrl where the API lives, unless the connection has an address of its own
 */
export function ontraportDialect(name: string, defaultBaseUrl: string): VendorDialect {
  return {
    name,
    baseUrl: (credentials) => credentials.base_url ?? defaultBaseUrl,
    headers: ({ api_key, api_secret }) => ({
      accept: 'application/json',
      'Api-Appid': api_secret ?? '',
      'Api-Key': api_key ?? '',
    }),
    refusal,
  };
}

function refusal({ status, headers }: HttpResponse): Refusal {
  const kind = kinds[status] ?? (status >= 500 ? 'server' : status < 400 ? 'protocol' : 'validation');
  const reason = reasons[status];
  const retryAfterMs = kind === 'rate_limited' ? pauseOf(headers) : undefined;
  return {
    kind,
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Seconds until requests are free again. The vendor itself sends no `Retry-After`; what stands before it may. */
function pauseOf(headers: HttpResponse['headers']): number | undefined {
  const reset = headers['x-rate-limit-reset'];
  const seconds = Number(reset ?? '');
  if (reset === undefined || !Number.isFinite(seconds) || seconds < 0) {
    return parseRetryAfter(headers['retry-after'], Date.now());
  }
  return Math.max(1, Math.min(seconds, LONGEST_PAUSE_SECONDS)) * 1000;
}
