import { z } from 'zod';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperCrypto, HelperHttp } from '../../_kit/ports.js';
import { answerFailure } from '../answer-failure.js';
import { readJson } from '../read-json.js';
import type { TwilioAccount } from './twilio-client.js';

const TIMEOUT_MS = 10_000;

const Line = z.object({ type: z.string().nullish(), carrier_name: z.string().nullish() });
const Answer = z.object({
  valid: z.boolean(),
  phone_number: z.string().nullish(),
  national_format: z.string().nullish(),
  country_code: z.string().nullish(),
  line_type_intelligence: Line.nullish(),
});

/** What Twilio knows about a number. */
export interface TwilioLookup {
  valid: boolean;
  carrier: string;
  lineType: string;
}

/**
 * Asks Twilio Lookup about a number: https://www.twilio.com/docs/lookup/v2-api.
 * @throws HelperFailure `upstream_error`, `rate_limited` (retry), `bad_response`, and those of the HTTP port
 */
export async function lookUpNumber(
  { http, crypto }: { http: HelperHttp; crypto: HelperCrypto },
  account: TwilioAccount,
  number: string,
  country: string,
): Promise<TwilioLookup> {
  const query = new URLSearchParams({ CountryCode: country, Fields: 'line_type_intelligence' });
  const answer = await http.request({
    method: 'GET',
    url: `https://lookups.twilio.com/v2/PhoneNumbers/${encodeURIComponent(number)}?${query.toString()}`,
    headers: { Authorization: `Basic ${crypto.encode(`${account.user}:${account.password}`, 'base64')}` },
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status === 404) return { valid: false, carrier: '', lineType: '' };
  if (answer.status < 200 || answer.status > 299) throw answerFailure('Twilio', answer);
  const parsed = Answer.safeParse(readJson(answer.text));
  if (!parsed.success) throw new HelperFailure('bad_response', 'give_up', 'Twilio gave an answer that cannot be read.');
  const { valid, line_type_intelligence: line } = parsed.data;
  return { valid, carrier: line?.carrier_name ?? '', lineType: line?.type ?? '' };
}
