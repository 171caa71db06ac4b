import { expect, test } from '@jest/globals';
import { ExecutionJob, Problem, questions, type ConnectionCredentials } from '#contracts';
import type { Questions } from '#messaging';
import { sealerFromEnvironment } from '#sealing';
import { ConnectServices } from './connect-services.js';

const sealer = sealerFromEnvironment({});

const jobWith = (config: Record<string, unknown>): ExecutionJob =>
  ExecutionJob.parse({
    execution_id: 'exec:1',
    journal_id: 'exec:1',
    account_id: 'account:a1',
    helper_id: 'helper:h1',
    helper_type: 'zoom_meeting',
    helper_name: 'Zoom',
    trigger_type: 'manual',
    lane: 'live',
    config,
    input: {},
    query: {},
    attempt: 1,
    depth: 0,
    accepted_at: '2026-01-15T12:00:00Z',
  });

const CHOSEN = jobWith({ service_connection_ids: { zoom: 'connection:z', stripe: 'connection:s' } });

async function credentials(more: Partial<ConnectionCredentials> = {}, token = 'zt', account = 'account:a1') {
  const answer: ConnectionCredentials = {
    connection_id: 'connection:z',
    platform: 'zoom',
    status: 'active',
    auth_type: 'oauth2',
    base_url: 'https://api.zoom.us/v2',
    sealed: await sealer.seal(JSON.stringify({ access_token: token }), account),
    version: 1,
    rate_scope: 'connection:z',
    limits: { requests_per_second: 0, requests_per_minute: 0, requests_per_hour: 0, burst_limit: 0 },
    ...more,
  };
  return answer;
}

type Answers = Record<string, (request: Record<string, unknown>) => unknown>;

/** Answers of other services by the name of the question; what was asked is kept. */
function servicesOf(answers: Answers, job = CHOSEN) {
  const asked: [string, Record<string, unknown>][] = [];
  const ask = {
    ask: async ({ name }: { name: string }, request: Record<string, unknown>) => {
      asked.push([name, request]);
      return answers[name]?.(request);
    },
  } as unknown as Questions;
  return { asked, services: new ConnectServices(ask, sealer).servicesOf(job) };
}

test('opens the chosen connection of the account, once a run', async () => {
  const { asked, services } = servicesOf({ [questions.credentials.name]: () => credentials() });
  const expected = { accessToken: 'zt', baseUrl: 'https://api.zoom.us/v2' };
  expect(await services.connection('zoom')).toEqual(expected);
  expect(await services.connection('zoom')).toEqual(expected);
  expect(asked).toEqual([[questions.credentials.name, { account_id: 'account:a1', connection_id: 'connection:z' }]]);
});

test('the reserved option wins over a connection that the type names itself', async () => {
  const { asked, services } = servicesOf({ [questions.credentials.name]: () => credentials() });
  await services.connection('zoom', 'connection:other');
  expect(asked[0]?.[1]).toMatchObject({ connection_id: 'connection:z' });
});

test.each([[{}], [{ service_connection_ids: null }], [{ service_connection_ids: { zoom: '' } }]])(
  'without a choice in %j nothing is connected',
  async (config) => {
    const { asked, services } = servicesOf({}, jobWith(config));
    await expect(services.connection('zoom')).rejects.toMatchObject({ code: 'service_not_connected' });
    expect(asked).toEqual([]);
  },
);

test.each([
  ['is gone', () => Promise.reject(new Problem(404, 'connections.not_found', 'Connection not found'))],
  ['belongs to another platform', () => credentials({ platform: 'keap' })],
  ['must be reconnected', () => credentials({ status: 'error', status_reason: 'auth_invalid' })],
])('a connection that %s ends the run', async (_, answer) => {
  const { services } = servicesOf({ [questions.credentials.name]: answer });
  await expect(services.connection('zoom')).rejects.toMatchObject({
    code: 'service_not_connected',
    failureClass: 'give_up',
  });
});

test('credentials sealed for another account do not open', async () => {
  const { services } = servicesOf({ [questions.credentials.name]: () => credentials({}, 'zt', 'account:a2') });
  await expect(services.connection('zoom')).rejects.toThrow('cannot be opened');
});

test('a silent service is a reason to try again', async () => {
  const silent = () => Promise.reject(new Problem(503, 'generic.unavailable', 'No answer'));
  const { services } = servicesOf({ [questions.credentials.name]: silent });
  await expect(services.connection('zoom')).rejects.toMatchObject({
    code: 'credentials_unavailable',
    failureClass: 'retry',
  });
});

test('refused credentials are renewed, and the newer ones are used from then on', async () => {
  const { asked, services } = servicesOf({
    [questions.credentials.name]: () => credentials(),
    [questions.refreshCredentials.name]: () => credentials({ version: 2 }, 'newer'),
  });
  await services.connection('zoom');
  expect(await services.renewed('zoom')).toMatchObject({ accessToken: 'newer' });
  expect(await services.connection('zoom')).toMatchObject({ accessToken: 'newer' });
  expect(asked.at(-1)?.[1]).toMatchObject({ stale_version: 1, reason: 'rejected' });
});

test('there are none where the owner must reconnect, and a refused key is reported', async () => {
  const rejected = () => Promise.reject(new Problem(400, 'connections.credentials_rejected', 'Reconnect'));
  const oauth = servicesOf({
    [questions.credentials.name]: () => credentials(),
    [questions.refreshCredentials.name]: rejected,
  });
  await oauth.services.connection('zoom');
  expect(await oauth.services.renewed('zoom')).toBeNull();

  const key = servicesOf({
    [questions.credentials.name]: () => credentials({ auth_type: 'api_key' }),
    [questions.reportCredentialsInvalid.name]: () => ({ status: 'error', changed: true }),
  });
  await key.services.connection('zoom');
  expect(await key.services.renewed('zoom')).toBeNull();
  expect(key.asked.at(-1)?.[0]).toBe(questions.reportCredentialsInvalid.name);
});

test('nothing is renewed that was not opened', async () => {
  expect(await servicesOf({}).services.renewed('zoom')).toBeNull();
});
