import { z } from 'zod';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperHttp } from '../../_kit/ports.js';
import type { ServiceCredentials } from '../../_kit/service-connections.js';
import { answerFailure } from '../answer-failure.js';
import { readJson } from '../read-json.js';

const CARDS = 'https://api.trello.com/1/cards';
const TIMEOUT_MS = 15_000;
const LONGEST_TEXT = 16_384;

export interface NewCard {
  listId: string;
  name: string;
  description: string;
  labelIds: readonly string[];
  memberIds: readonly string[];
  /** RFC 3339. */
  due?: string;
}

export interface Card {
  id: string;
  url: string;
  /** Empty when the answer does not say. */
  boardId: string;
}

const Made = z.object({
  id: z.string().catch(''),
  shortUrl: z.string().catch(''),
  idBoard: z.string().catch(''),
});

/** Key and token go into a header: addresses end up in logs. */
function authorization({ apiKey, apiSecret }: ServiceCredentials): string {
  if (apiKey !== undefined && apiSecret !== undefined) {
    return `OAuth oauth_consumer_key="${apiKey}", oauth_token="${apiSecret}"`;
  }
  throw new HelperFailure('service_not_connected', 'give_up', 'Connect Trello with API key and token.');
}

/**
 * Makes a card. Trello knows no idempotency keys: the caller must not repeat a call in doubt.
 * @throws HelperFailure `service_not_connected`, `upstream_error`, `rate_limited` (retry), `bad_response`, and those of
 * the HTTP port
 */
export async function createCard(http: HelperHttp, credentials: ServiceCredentials, card: NewCard): Promise<Card> {
  const query = new URLSearchParams({ idList: card.listId, name: card.name.slice(0, LONGEST_TEXT) });
  if (card.description !== '') query.set('desc', card.description.slice(0, LONGEST_TEXT));
  if (card.labelIds.length > 0) query.set('idLabels', card.labelIds.join(','));
  if (card.memberIds.length > 0) query.set('idMembers', card.memberIds.join(','));
  if (card.due !== undefined) query.set('due', card.due);
  const answer = await http.request({
    method: 'POST',
    url: `${CARDS}?${query.toString()}`,
    headers: { Authorization: authorization(credentials), Accept: 'application/json' },
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status !== 200) throw answerFailure('Trello', answer);
  const made = Made.safeParse(readJson(answer.text));
  if (!made.success) throw new HelperFailure('bad_response', 'give_up', 'Trello gave an answer that cannot be read.');
  return { id: made.data.id, url: made.data.shortUrl, boardId: made.data.idBoard };
}
