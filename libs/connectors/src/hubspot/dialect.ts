import { z } from 'zod';
import { parseRetryAfter, type HttpResponse } from '#http';
import type { Refusal, VendorDialect } from '../_kit/call/vendor-call.js';
import type { ConnectorErrorKind } from '../_kit/connector-error.js';

const ErrorBody = z.object({
  message: z.string().nullish(),
  category: z.string().nullish(),
  subCategory: z.unknown().optional(),
  policyName: z.string().nullish(),
  errors: z
    .array(z.object({ code: z.string().nullish() }))
    .nullish()
    .catch(undefined),
});
type ErrorBody = z.infer<typeof ErrorBody>;

/** Words such as PROPERTY_DOESNT_EXIST can hold no personal data; free texts can. */
const CODE_WORD = /^[A-Z][A-Z_]{2,60}$/;

const kinds: Partial<Record<number, ConnectorErrorKind>> = {
  401: 'auth_expired',
  403: 'forbidden',
  404: 'not_found',
  408: 'network',
  409: 'conflict',
  423: 'rate_limited',
  429: 'rate_limited',
  // The portal is being moved to another region of the vendor's.
  477: 'rate_limited',
  501: 'unsupported',
};

/** The word says more than the status: some services answer 400 for all of these. */
const categories: Readonly<Record<string, ConnectorErrorKind>> = {
  VALIDATION_ERROR: 'validation',
  OBJECT_NOT_FOUND: 'not_found',
  CONFLICT: 'conflict',
  OBJECT_ALREADY_EXISTS: 'conflict',
  MISSING_SCOPES: 'forbidden',
  RATE_LIMITS: 'rate_limited',
};

const SECOND_MS = 1000;

/**
 * How long each limit silences a connection when no header says it. The daily one ends at midnight in the portal's
 * time zone, which a refusal does not tell: asking once an hour costs a call and finds the end soon enough.
 */
const PAUSES_MS: Readonly<Record<string, number>> = {
  SECONDLY: SECOND_MS,
  TEN_SECONDLY_ROLLING: 10 * SECOND_MS,
  DAILY: 3600 * SECOND_MS,
};
const USUAL_PAUSE_MS = 10 * SECOND_MS;
const LOCKED_PAUSE_MS = 2 * SECOND_MS;

/** How HubSpot is called and refuses; tokens of OAuth and of private apps are sent alike. */
export function hubspotDialect(name: string, defaultBaseUrl: string): VendorDialect {
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

/** What a category of HubSpot's means; undefined for one that does not decide it. */
export function kindOfCategory(category: string | null | undefined): ConnectorErrorKind | undefined {
  return categories[category ?? ''];
}

function refusal(response: HttpResponse): Refusal {
  const { status } = response;
  const body = bodyOf(response);
  const kind = kindOf(status, body);
  const reason = reasonsIn(body).find(isCodeWord);
  const existingId = kind === 'conflict' ? /Existing ID:\s*(\d+)/i.exec(body?.message ?? '')?.[1] : undefined;
  const retryAfterMs =
    parseRetryAfter(response.headers['retry-after'], Date.now()) ?? pauseOf(kind, status, body?.policyName);
  return {
    kind,
    ...(reason === undefined ? {} : { reason }),
    ...(existingId === undefined ? {} : { existingId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(kind === 'rate_limited' ? budgetOf(response, body?.policyName) : {}),
  };
}

/** Which of the budgets is used up; searches are counted apart from all else. */
function budgetOf({ url }: HttpResponse, policy: string | null | undefined): { budget?: string } {
  if (policy === 'DAILY') return { budget: 'portal' };
  return policy === 'SECONDLY' && new URL(url).pathname.endsWith('/search') ? { budget: 'search' } : {};
}

function kindOf(status: number, body: ErrorBody | undefined): ConnectorErrorKind {
  const known = kinds[status];
  if (known !== undefined) return known;
  if (status >= 500) return 'server';
  if (status < 400) return 'protocol';
  return kindOfCategory(body?.category) ?? 'validation';
}

function pauseOf(kind: ConnectorErrorKind, status: number, policy: string | null | undefined): number | undefined {
  if (kind !== 'rate_limited') return undefined;
  return status === 423 ? LOCKED_PAUSE_MS : (PAUSES_MS[policy ?? ''] ?? USUAL_PAUSE_MS);
}

/** The vendor's words for it, the most telling first; what is wrong with a value stands as JSON within the message. */
function reasonsIn(body: ErrorBody | undefined): unknown[] {
  const ofValue = /"error":\s*"([A-Z_]+)"/.exec(body?.message ?? '')?.[1];
  return [body?.errors?.[0]?.code, ofValue, body?.subCategory, body?.category, body?.policyName];
}

const isCodeWord = (word: unknown): word is string => typeof word === 'string' && CODE_WORD.test(word);

function bodyOf(response: HttpResponse): ErrorBody | undefined {
  let body: unknown;
  try {
    body = response.json();
  } catch {
    // The vendor's edge refuses in HTML: the status says enough.
    return undefined;
  }
  return ErrorBody.safeParse(body).data;
}
