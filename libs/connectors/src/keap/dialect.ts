import { z } from 'zod';
import { parseRetryAfter, type HttpResponse } from '#http';
import type { Refusal, VendorDialect } from '../_kit/call/vendor-call.js';
import type { ConnectorErrorKind } from '../_kit/connector-error.js';

const ErrorBody = z.object({ status: z.string().optional(), message: z.string().optional() });

/** Words such as INVALID_ARGUMENT can hold no personal data; free texts can. */
const CODE_WORD = /^[A-Z][A-Z_]{2,40}$/;

const kinds: Partial<Record<number, ConnectorErrorKind>> = {
  401: 'auth_expired',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  408: 'network',
  429: 'rate_limited',
  501: 'unsupported',
};

/**
 * How Keap is called and refuses.
 * @param defaultBaseUrl where the REST v2 API lives, unless the connection has an address of its own
 */
export function keapDialect(name: string, defaultBaseUrl: string): VendorDialect {
  return {
    name,
    baseUrl: (credentials) => credentials.base_url ?? defaultBaseUrl,
    headers: ({ access_token, api_key }) => ({
      accept: 'application/json',
      authorization: `Bearer ${access_token ?? api_key ?? ''}`,
    }),
    refusal,
  };
}

function refusal(response: HttpResponse): Refusal {
  const { status, headers } = response;
  const kind = kinds[status] ?? (status >= 500 ? 'server' : status < 400 ? 'protocol' : 'validation');
  const reason = codeWord(response);
  const retryAfterMs = parseRetryAfter(headers['retry-after'], Date.now());
  return {
    kind,
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function codeWord(response: HttpResponse): string | undefined {
  let body: unknown;
  try {
    body = response.json();
  } catch {
    // The gateway in front of the API refuses in other formats, too: the status says enough.
    return undefined;
  }
  const parsed = ErrorBody.safeParse(body);
  return parsed.success && CODE_WORD.test(parsed.data.status ?? '') ? parsed.data.status : undefined;
}
