import { afterEach, describe, expect, test } from '@jest/globals';
import { servicePorts, FakeService, type FakeAnswer } from '#helper-testing';
import { HelperFailure } from '../_kit/helper-failure.js';
import { bearer, bearerOrKey, openService, pathSegment, type ServiceCall } from './service-client.js';

const DEFINITION = { slug: 'zoom', name: 'Zoom', baseUrl: 'https://api.zoom.us/v2', sign: bearer };
const READ: ServiceCall = { method: 'GET', path: 'users/me' };
let server: FakeService | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function clientOf(answers: FakeAnswer[], service: Record<string, string> = { access_token: 'old' }) {
  const left = [...answers];
  server = await FakeService.start(() => left.shift() ?? { status: 418 });
  return openService(servicePorts({ zoom: service }, server.http), DEFINITION);
}

const failureOf = async (answers: FakeAnswer[], call = READ): Promise<HelperFailure> => {
  const client = await clientOf(answers);
  return client.call(call).then(
    () => {
      throw new Error('should fail');
    },
    (error: HelperFailure) => error,
  );
};

describe('credentials', () => {
  test('are renewed once when the service refuses them', async () => {
    const client = await clientOf([{ status: 401 }, { body: { id: 1 } }], {
      access_token: 'old',
      renewed_access_token: 'new',
    });
    expect((await client.call(READ)).json()).toEqual({ id: 1 });
    expect(server?.arrived.map(({ headers }) => headers['authorization'])).toEqual(['Bearer old', 'Bearer new']);
  });

  test('that are refused again end the run', async () => {
    const client = await clientOf([{ status: 401 }, { status: 401 }], {
      access_token: 'old',
      renewed_access_token: 'new',
    });
    await expect(client.call(READ)).rejects.toMatchObject({ code: 'upstream_error', failureClass: 'give_up' });
    expect(server?.arrived).toHaveLength(2);
  });

  test('that nobody can renew end the run at once', async () => {
    expect(await failureOf([{ status: 401 }])).toMatchObject({ failureClass: 'give_up', nothingDone: true });
    expect(server?.arrived).toHaveLength(1);
  });

  test('that are not there are said to be missing', async () => {
    await expect(clientOf([], { account_id: 'x' })).rejects.toMatchObject({ code: 'service_not_connected' });
  });

  test('a connection can have an address of its own', async () => {
    const client = await clientOf([{ body: {} }], { access_token: 't', base_url: 'https://eu.zoom.us/v9/' });
    await client.call(READ);
    expect(server?.arrived[0]).toMatchObject({ origin: 'https://eu.zoom.us', path: '/v9/users/me' });
  });
});

describe('failures', () => {
  test.each([
    [{ status: 404 }, 'give_up', true, undefined],
    [{ status: 429, headers: { 'retry-after': '30' } }, 'retry', true, 30_000],
    [{ status: 503, headers: { 'retry-after': 'Thu, 15 Jan 2026 12:01:00 GMT' } }, 'retry', true, 60_000],
    [{ status: 500 }, 'retry', false, undefined],
    [{ status: 502, headers: { 'retry-after': 'soon' } }, 'retry', false, undefined],
  ])('%j', async (answer, failureClass, nothingDone, retryAfterMs) => {
    expect(await failureOf([answer])).toMatchObject({
      code: 'upstream_error',
      failureClass,
      nothingDone,
      retryAfterMs,
    });
  });

  test('say neither where nor with what was called', async () => {
    const failing = {
      request: ({ url }: { url: string }) =>
        Promise.reject(new HelperFailure('network_error', 'retry', `Nobody answered at ${url}`)),
    };
    const client = await openService(servicePorts({ zoom: { access_token: 'old' } }, failing), DEFINITION);
    await expect(client.call({ ...READ, query: { api_key: 'secret' } })).rejects.toMatchObject({
      code: 'network_error',
      failureClass: 'retry',
      message: 'Zoom could not be reached (network_error).',
    });
  });

  test.each([['no JSON'], ['[1]'], ['null']])('an answer that is %j cannot be read', async (body) => {
    const client = await clientOf([{ body }]);
    const answer = await client.call(READ);
    expect(() => answer.json()).toThrow(/answer/);
  });
});

test('a status that the caller knows is an answer', async () => {
  const client = await clientOf([{ status: 409, body: { known: true } }]);
  const answer = await client.call({ ...READ, accept: [409] });
  expect([answer.status, answer.json()]).toEqual([409, { known: true }]);
});

test('a pasted token counts where the service has such tokens', () => {
  const signature = { headers: { Authorization: 'Bearer k' } };
  expect(bearerOrKey({ apiKey: 'k' })).toEqual(signature);
  expect(bearerOrKey({ accessToken: 'k', apiKey: 'other' })).toEqual(signature);
  expect(bearerOrKey({})).toBeNull();
  expect(bearer({ apiKey: 'k' })).toBeNull();
});

test('a segment of a path stays one', () => {
  expect(pathSegment('a/b?c#d')).toBe('a%2Fb%3Fc%23d');
  expect(pathSegment('host@example.com')).toBe('host@example.com');
  expect(() => pathSegment('..')).toThrow('".." is no id.');
});
