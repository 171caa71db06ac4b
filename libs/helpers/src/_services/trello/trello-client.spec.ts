import { afterEach, expect, test } from '@jest/globals';
import { FakeService, type ArrivedRequest, type FakeAnswer } from '#helper-testing';
import { createCard, type NewCard } from './trello-client.js';

/** Trello: one key and token, one list. */
function trello({ method, origin, path, query, headers }: ArrivedRequest): FakeAnswer {
  if (method !== 'POST' || `${origin}${path}` !== 'https://api.trello.com/1/cards') return { status: 404 };
  const signature = /^OAuth oauth_consumer_key="(.*)", oauth_token="(.*)"$/.exec(headers['authorization'] ?? '');
  if (signature?.[1] !== 'key' || signature[2] !== 'token') return { status: 401, body: 'invalid key' };
  if (query.get('idList') !== 'l1') return { status: 400, body: 'invalid value for idList' };
  if (query.get('name') === 'again') return { status: 429, body: { error: 'API_TOKEN_LIMIT_EXCEEDED' } };
  return {
    status: 200,
    body: { id: 'card1', idBoard: 'b1', shortUrl: 'https://trello.com/c/abc', desc: query.get('desc') },
  };
}

const card: NewCard = { listId: 'l1', name: 'Ada & Co', description: 'a\nb', labelIds: ['x', 'y'], memberIds: [] };

let service: FakeService;
afterEach(() => service.stop());

async function make(change: Partial<NewCard>, credentials = { apiKey: 'key', apiSecret: 'token' }) {
  service = await FakeService.start(trello);
  return createCard(service.http, credentials, { ...card, ...change });
}

test('a card is made, and no credential is in its address', async () => {
  expect(await make({})).toEqual({ id: 'card1', url: 'https://trello.com/c/abc', boardId: 'b1' });
  expect(Object.fromEntries(service.arrived[0]?.query ?? [])).toEqual({
    idList: 'l1',
    name: 'Ada & Co',
    desc: 'a\nb',
    idLabels: 'x,y',
  });
});

test('a long text arrives whole', async () => {
  const long = 'x'.repeat(3_000);
  await make({ description: long });
  expect(service.arrived[0]?.query.get('desc')).toBe(long);
});

test.each([
  [{ listId: 'l2' }, { code: 'upstream_error', failureClass: 'give_up' }],
  [{ name: 'again' }, { code: 'rate_limited', failureClass: 'retry', nothingDone: true }],
])('%j is refused', async (change, failure) => {
  await expect(make(change)).rejects.toMatchObject(failure);
});

test('a wrong token is final and never shown', async () => {
  const making = make({}, { apiKey: 'key', apiSecret: 'sesame' });
  await expect(making).rejects.toMatchObject({ code: 'upstream_error', failureClass: 'give_up' });
  await expect(making).rejects.not.toMatchObject({ message: expect.stringContaining('sesame') });
});
