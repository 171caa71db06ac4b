import { z } from 'zod';
import { parseRetryAfter, type HttpResponse } from '#http';
import type { Refusal, VendorDialect } from '../_kit/call/vendor-call.js';
import type { ConnectorErrorKind } from '../_kit/connector-error.js';

const ErrorBody = z.object({
  message: z.union([z.string(), z.array(z.unknown())]).optional(),
  meta: z.object({ contactId: z.string().optional() }).optional().catch(undefined),
});
type ErrorBody = z.infer<typeof ErrorBody>;

/** The contract that the connector speaks. */
const VERSION = '2021-07-28';

/** The window of the burst limit, where the answer does not tell. */
const INTERVAL_MS = 10_000;

const kinds: Partial<Record<number, ConnectorErrorKind>> = {
  401: 'auth_expired',
  403: 'forbidden',
  404: 'not_found',
  408: 'network',
  409: 'conflict',
  429: 'rate_limited',
  501: 'unsupported',
};

/** A validator's sentence about a property: names and rules, never a value. */
const PROPERTY_RULE = /^(?:property )?[\w.]{1,60} (?:should|must|can|is)[a-z A-Z]{1,60}$/;

/** @param baseUrl where the API lives */
export function gohighlevelDialect(name: string, baseUrl: string): VendorDialect {
  return {
    name,
    baseUrl: () => baseUrl,
    headers: ({ access_token, api_key }) => ({
      accept: 'application/json',
      authorization: `Bearer ${access_token ?? api_key ?? ''}`,
      version: VERSION,
    }),
    refusal,
  };
}

function refusal(response: HttpResponse): Refusal {
  const { status } = response;
  const body = bodyOf(response);
  const told = told400(status, body) ?? toldScope(status, body);
  if (told !== undefined) return told;
  const kind = kinds[status] ?? (status >= 500 ? 'server' : status < 400 ? 'protocol' : 'validation');
  const reason = status === 422 ? ruleOf(body) : undefined;
  const retryAfterMs = retryAfter(response);
  return {
    kind,
    ...(reason !== undefined && { reason }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** One status for many things: what is missing, what is there already, and what is wrong. */
function told400(status: number, body: ErrorBody): Refusal | undefined {
  if (status !== 400 || typeof body.message !== 'string') return undefined;
  if (/duplicate/i.test(body.message)) {
    const existingId = body.meta?.contactId;
    return { kind: 'conflict', reason: 'duplicate', ...(existingId !== undefined && { existingId }) };
  }
  return /\bnot found\b|\bdoes ?n[o']t exist\b/i.test(body.message) ? { kind: 'not_found' } : undefined;
}

/** A token without a scope is as good as before for everything else, so it is no reason to connect anew. */
function toldScope(status: number, { message }: ErrorBody): Refusal | undefined {
  if (status !== 401 || typeof message !== 'string' || !/\bscope\b/i.test(message)) return undefined;
  return { kind: 'forbidden', reason: 'scope missing' };
}

function ruleOf({ message }: ErrorBody): string | undefined {
  const [first] = Array.isArray(message) ? message : [message];
  return typeof first === 'string' && PROPERTY_RULE.test(first) ? first : undefined;
}

/** The vendor documents no Retry-After, only what is left in the window and in the day. */
function retryAfter({ status, headers }: HttpResponse): number | undefined {
  const hinted = parseRetryAfter(headers['retry-after'], Date.now());
  if (hinted !== undefined || status !== 429) return hinted;
  if (Number(headers['x-ratelimit-daily-remaining'] ?? '1') <= 0) return untilTomorrow();
  const interval = Number(headers['x-ratelimit-interval-milliseconds']);
  return interval > 0 ? interval : INTERVAL_MS;
}

function untilTomorrow(): number {
  const day = 86_400_000;
  return day - (Date.now() % day);
}

function bodyOf(response: HttpResponse): ErrorBody {
  try {
    const parsed = ErrorBody.safeParse(response.json());
    return parsed.success ? parsed.data : {};
  } catch {
    // What stands in front of the API refuses in HTML, too: the status says enough.
    return {};
  }
}
