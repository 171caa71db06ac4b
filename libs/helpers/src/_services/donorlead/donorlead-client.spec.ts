import { afterEach, expect, test } from '@jest/globals';
import { servicePorts, FakeService } from '#helper-testing';
import { searchDonor } from './donorlead-client.js';

let server: FakeService | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function search(body: unknown) {
  server = await FakeService.start(({ path, query }) =>
    path === '/v2.1/' && query.get('api_key') === 'dk' ? { body } : { status: 403 },
  );
  const ports = servicePorts({ donorlead: { api_key: 'dk' } }, server.http);
  return searchDonor(ports, { first: 'Ada', last: 'Lovelace', phone: '+1 555' });
}

test.each(['result', 'Result', 'data', 'Data'])('values under %s', async (place) => {
  expect(await search({ [place]: { DS_Rating: 3, ProfileLink: 'https://p', Income: 9 } })).toEqual({
    rating: '3',
    profileLink: 'https://p',
    excerpt: { [place]: { DS_Rating: 3, ProfileLink: 'https://p' } },
  });
  expect(Object.fromEntries(server?.arrived[0]?.query ?? [])).toEqual({
    api_key: 'dk',
    first: 'Ada',
    last: 'Lovelace',
    phone: '+1 555',
  });
});

test('the top wins over what is nested', async () => {
  expect(await search({ DS_Rating: 'DS1-1', data: { DS_Rating: 'DS5' } })).toMatchObject({ rating: 'DS1-1' });
});

test('nobody was found', async () => {
  expect(await search({ message: 'none', data: null })).toEqual({ rating: '', profileLink: '', excerpt: {} });
});
