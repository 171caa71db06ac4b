import { z } from 'zod';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperHttp } from '../../_kit/ports.js';
import { answerFailure } from '../answer-failure.js';
import { readJson } from '../read-json.js';

const VALIDATE = 'https://app.klean13.com/api/validate-one';
const TIMEOUT_MS = 10_000;

/** What a verifier found out about an address. */
export interface AddressVerdict {
  valid: boolean;
  reason: string;
  deliverable: boolean;
}

const Answer = z.object({ result: z.string(), reason: z.string().catch(''), deliverable: z.boolean() });

/**
 * Asks klean13 whether an address takes mail.
 * @throws HelperFailure `upstream_error`, `rate_limited` (retry), `bad_response`, and those of the HTTP port
 */
export async function verifyAddress(http: HelperHttp, key: string, email: string): Promise<AddressVerdict> {
  const answer = await http.request({
    method: 'POST',
    url: VALIDATE,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status !== 200) throw answerFailure('The e-mail verifier', answer);
  const verdict = Answer.safeParse(readJson(answer.text));
  if (!verdict.success) {
    throw new HelperFailure('bad_response', 'give_up', 'The e-mail verifier gave an answer that cannot be read.');
  }
  const { result, reason, deliverable } = verdict.data;
  return { valid: deliverable && result === 'valid', reason, deliverable };
}
