import { z } from 'zod';
import { parseRetryAfter, type HttpResponse } from '#http';
import type { ReadAccountAddress } from '../_kit/account-address.js';
import type { Refusal, VendorDialect } from '../_kit/call/vendor-call.js';
import { ConnectorError, type ConnectorErrorKind } from '../_kit/connector-error.js';

const ErrorBody = z.object({
  message: z.string().optional(),
  errors: z
    .array(z.object({ code: z.string().nullish(), source: z.object({ pointer: z.string().nullish() }).nullish() }))
    .optional(),
});
type ErrorBody = z.infer<typeof ErrorBody>;

const kinds: Partial<Record<number, ConnectorErrorKind>> = {
  403: 'forbidden',
  404: 'not_found',
  408: 'network',
  409: 'conflict',
  429: 'rate_limited',
  501: 'unsupported',
  // An older form of the limiter answers so under load.
  503: 'rate_limited',
};

/** Codes and names of attributes can hold no personal data; titles and details can. */
const CODE_WORD = /^[a-z][a-z_]{2,40}$/;
const ATTRIBUTE = /^\/data\/attributes\/([A-Za-z_,.]{1,60})$/;

const AUTOMATION_REFUSED = 'the automation did not take the contact';

/** @param addressOf reads the address that the customer gave */
export function activecampaignDialect(name: string, addressOf: ReadAccountAddress): VendorDialect {
  return {
    name,
    baseUrl: ({ base_url }) => {
      const address = addressOf(base_url ?? '');
      if ('url' in address) return address.url;
      const message = `The account's URL ${address.problem}`;
      throw new ConnectorError({ kind: 'validation', platform: 'activecampaign', message, outcome: 'not_sent' });
    },
    headers: ({ api_key }) => ({ accept: 'application/json', 'api-token': api_key ?? '' }),
    refusal,
  };
}

function refusal(response: HttpResponse): Refusal {
  const { status, headers } = response;
  const body = errorBody(response);
  if (status === 403 && body.message?.includes('SubscriberSeries') === true) {
    return { kind: 'validation', reason: AUTOMATION_REFUSED };
  }
  const errors = body.errors ?? [];
  const duplicate = errors.some(({ code }) => code === 'duplicate');
  const kind = kinds[status] ?? (status >= 500 ? 'server' : status < 400 ? 'protocol' : 'validation');
  const reason = errors.flatMap(({ code, source }) => wordsOf(code, source?.pointer)).join(', ');
  const retryAfterMs = parseRetryAfter(headers['retry-after'], Date.now());
  return {
    kind: duplicate ? 'conflict' : kind,
    ...(reason === '' ? {} : { reason }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function wordsOf(code: string | null | undefined, pointer: string | null | undefined): string[] {
  if (!CODE_WORD.test(code ?? '')) return [];
  const attribute = ATTRIBUTE.exec(pointer ?? '')?.[1];
  return [attribute === undefined ? (code ?? '') : `${code} (${attribute})`];
}

function errorBody(response: HttpResponse): ErrorBody {
  try {
    return ErrorBody.safeParse(response.json()).data ?? {};
  } catch {
    // What stands in front of the API refuses in other formats, too: the status says enough.
    return {};
  }
}
