import { z } from 'zod';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperCrypto, HelperHttp } from '../../_kit/ports.js';
import { answerFailure } from '../answer-failure.js';
import { readJson } from '../read-json.js';

const BASE_URL = 'https://api.twilio.com/2010-04-01';
const TIMEOUT_MS = 15_000;

export interface TwilioAccount {
  accountSid: string;
  /** Account SID, or the SID of an API key. */
  user: string;
  password: string;
}

export interface TextMessage {
  /** A number, a sender id, or a messaging service (`MG…`). */
  from: string;
  to: string;
  body: string;
}

const Made = z.object({ sid: z.string(), status: z.string().default('') });
const Refused = z.object({ code: z.number(), message: z.string().default('') });

/** The recipient answered STOP: no message may be sent to that number again. */
const UNSUBSCRIBED = 21610;

/** Twilio's numbers for what we give names to; all of them are final. */
const CODES: ReadonlyMap<number, string> = new Map([
  [UNSUBSCRIBED, 'recipient_unsubscribed'],
  [21211, 'invalid_recipient'],
  [21614, 'invalid_recipient'],
  [21617, 'message_too_long'],
  [21658, 'message_too_long'],
]);

export const messagesUrl = (accountSid: string): string =>
  `${BASE_URL}/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;

/**
 * Hands Twilio a text message. Twilio knows no idempotency keys: the caller must not repeat a call in doubt.
 * @throws HelperFailure `recipient_unsubscribed`, `invalid_recipient`, `message_too_long`, `upstream_error`,
 * `rate_limited` (retry), `bad_response`, and those of the HTTP port
 */
export async function sendText(
  { http, crypto }: { http: HelperHttp; crypto: HelperCrypto },
  account: TwilioAccount,
  { from, to, body }: TextMessage,
): Promise<{ sid: string; status: string }> {
  const sender = /^MG[0-9a-f]{32}$/i.test(from) ? { MessagingServiceSid: from } : { From: from };
  const answer = await http.request({
    method: 'POST',
    url: messagesUrl(account.accountSid),
    headers: {
      Authorization: `Basic ${crypto.encode(`${account.user}:${account.password}`, 'base64')}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ ...sender, To: to, Body: body }).toString(),
    timeoutMs: TIMEOUT_MS,
  });
  const json = readJson(answer.text);
  if (answer.status >= 200 && answer.status < 300) {
    const made = Made.safeParse(json);
    if (made.success) return made.data;
    throw new HelperFailure('bad_response', 'give_up', 'Twilio gave an answer that cannot be read.');
  }
  const { code, message } = Refused.catch({ code: 0, message: '' }).parse(json);
  const name = CODES.get(code);
  if (name !== undefined)
    throw new HelperFailure(name, 'give_up', `Twilio: ${message} (${code}).`, { nothingDone: true });
  throw answerFailure('Twilio', answer, code === 0 ? '' : String(code));
}
