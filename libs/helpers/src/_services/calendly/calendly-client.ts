import { z } from 'zod';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperHttp } from '../../_kit/ports.js';
import { answerFailure } from '../answer-failure.js';
import { readJson } from '../read-json.js';

export const SCHEDULING_LINKS = 'https://api.calendly.com/scheduling_links';
const TIMEOUT_MS = 15_000;

const Made = z.object({ resource: z.object({ booking_url: z.url({ protocol: /^https?$/ }) }) });
const Refused = z.object({ title: z.string().default(''), message: z.string().default('') });

/**
 * Makes a link for one booking. Doing it again makes another link, which harms nobody.
 * @throws HelperFailure `upstream_error`, `rate_limited` (retry), `bad_response`, and those of the HTTP port
 */
export async function createSchedulingLink(http: HelperHttp, token: string, eventTypeUri: string): Promise<string> {
  const answer = await http.request({
    method: 'POST',
    url: SCHEDULING_LINKS,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ max_event_count: 1, owner: eventTypeUri, owner_type: 'EventType' }),
    timeoutMs: TIMEOUT_MS,
  });
  const json = readJson(answer.text);
  if (answer.status < 200 || answer.status >= 300) {
    const { title, message } = Refused.catch({ title: '', message: '' }).parse(json);
    throw answerFailure('Calendly', answer, [title, message].filter((part) => part !== '').join(', '));
  }
  const made = Made.safeParse(json);
  if (made.success) return made.data.resource.booking_url;
  throw new HelperFailure('bad_response', 'give_up', 'Calendly gave an answer without a booking link.');
}
