import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { APP_CLIENTS, LinkingApp, waitFor } from '#testing';
import { newCustomer, newHelper, PASSWORD, type Customer } from './support/customer.js';
import { newMember, type Member } from './support/members.js';
import { RunningSystem } from './support/running-system.js';
import { signIn } from './support/sign-in.js';

/** A route of each service that asks for a token, called at the service itself: every one has to know by itself. */
const ROUTES = {
  gateway: ['POST', '/executions/stream/ticket'],
  identity: ['GET', '/auth/status'],
  accounts: ['GET', '/accounts'],
  'platforms-connections': ['GET', '/platform-connections'],
  helpers: ['GET', '/helpers'],
  billing: ['GET', '/billing'],
} as const;
type Service = keyof typeof ROUTES;
const SERVICES = Object.keys(ROUTES) as Service[];
/** What the product promises; what requests themselves take on the machine comes on top. */
const PROMISED_MS = 2_000;

let system: RunningSystem;
let customer: Customer;

beforeAll(async () => {
  system = await RunningSystem.start({ env: { AUTH_APP_CLIENTS: APP_CLIENTS } });
  customer = await newCustomer(system);
});
afterAll(async () => system.stop());

async function call(service: Service, token: string): Promise<number> {
  const [method, path] = ROUTES[service];
  const base = system.env[`MFH_${service.toUpperCase().replaceAll('-', '_')}_URL`] ?? '';
  const response = await fetch(base + path, { method, headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  return response.status;
}

const statuses = async (token: string): Promise<Record<string, number>> =>
  Object.fromEntries(await Promise.all(SERVICES.map(async (each) => [each, await call(each, token)] as const)));
const everywhere = (status: number): Record<string, number> =>
  Object.fromEntries(SERVICES.map((service) => [service, status]));

/** Does something that voids a token and waits until every service refuses it. */
async function voids(token: string, act: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  expect(await statuses(token)).toEqual(everywhere(200));
  const onTop = 10 * (performance.now() - begun);
  await act();
  await waitFor(async () => Object.values(await statuses(token)).every((status) => status === 401), {
    deadlineMs: PROMISED_MS + onTop,
    what: 'every service to refuse the token',
  });
}

describe('a token is void everywhere within two seconds', () => {
  let member: Member;
  beforeAll(async () => {
    member = await newMember(system, customer.accountId, 'admin');
  });

  it('after its user chose another password elsewhere', async () => {
    const other = await newCustomer(system, 'free');
    const elsewhere = await signIn(system, other.email);
    await voids(other.token, async () => {
      const change = { current_password: PASSWORD, new_password: 'Another-Horse-8' };
      const { status } = await system.api.withToken(elsewhere.token).request('PUT', '/auth/password', change);
      expect(status).toBe(200);
    });
    expect(await statuses(elsewhere.token)).toEqual(everywhere(200));
  });

  it('after its user signed out everywhere', async () => {
    const session = await signIn(system, customer.email);
    const another = await signIn(system, customer.email);
    await voids(session.token, () => system.api.withToken(another.token).post('/auth/logout-all', {}));
    customer = { ...customer, api: system.api.withToken((await signIn(system, customer.email)).token) };
  });

  it('after its user lost a part of their rights, and then their place', async () => {
    const path = `/accounts/${customer.accountId}/team/${member.userId}`;
    await voids(await member.signIn(), async () => {
      expect((await customer.api.request('PUT', path, { role: 'member' })).status).toBe(200);
    });
    const { token } = (
      await system.api.post<{ token: string }>('/auth/login', { email: member.email, password: PASSWORD })
    ).data;
    expect(decodeJwt(token)['role']).toBe('member');
    await voids(token, async () => {
      expect((await customer.api.request('DELETE', path)).status).toBe(200);
    });
  });
});

describe('a linked app', () => {
  it('does through the gateway what was allowed, as long as it is', async () => {
    const helper = await newHelper(customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
    const app = new LinkingApp(system.url);
    const code = await app.link(customer.email, PASSWORD, { scope: 'execute_helpers read_helpers' });
    const { status, body } = await app.redeem(code);
    expect([status, body.scope]).toEqual([200, 'execute_helpers read_helpers']);
    const api = system.api.withToken(body.access_token);
    const { execution_id } = (
      await api.post<{ execution_id: string }>(`/helpers/${helper}/execute`, { contact_id: '1001' })
    ).data;
    expect(await customer.api.ended(execution_id)).toMatchObject({ status: 'completed' });
    expect((await api.get('/helpers')).status).toBe(200);
    const missing = await api.get('/executions');
    expect([missing.status, missing.body.data]).toEqual([403, { scope: 'read_executions' }]);
    expect((await api.get('/accounts')).status).toBe(403);
    expect((await api.get('/auth/grants')).status).toBe(403);

    const renewed = await app.refresh(body.refresh_token);
    expect(renewed.status).toBe(200);
    const { grants } = (await customer.api.get<{ grants: { grant_id: string }[] }>('/auth/grants')).data;
    const renewedApi = system.api.withToken(renewed.body.access_token);
    expect((await renewedApi.get('/helpers')).status).toBe(200);
    expect((await customer.api.request('DELETE', `/auth/grants/${grants[0]?.grant_id ?? ''}`)).status).toBe(200);
    await waitFor(async () => (await renewedApi.get('/helpers')).status === 401, { what: 'the app to be refused' });
    expect((await app.refresh(renewed.body.refresh_token)).status).toBe(400);
  });
});

describe('another signing key', () => {
  it('takes over under load without one failed request', async () => {
    // Subjects are fixed when these are loaded: not before the suite's own prefix is known.
    const { connectToBroker, Questions } = await import('#messaging');
    const { questions } = await import('#contracts');
    const app = new LinkingApp(system.url);
    let appTokens = (await app.redeem(await app.link(customer.email, PASSWORD))).body;
    let session = await signIn(system, customer.email);
    const former = session.token;
    const kidOf = (token: string) => decodeProtectedHeader(token).kid;
    const failures: unknown[] = [];
    let requests = 0;
    const end = new AbortController();
    const load = Array.from({ length: 8 }, async (_, worker) => {
      for (let turn = worker; !end.signal.aborted; turn += 1) {
        const service = SERVICES[turn % SERVICES.length] ?? 'identity';
        const status = await call(service, turn % 2 === 0 ? former : session.token);
        requests += 1;
        if (status !== 200) failures.push([service, status]);
      }
    });
    const refreshing = (async () => {
      while (!end.signal.aborted) {
        session = (await system.api.post<typeof session>('/auth/refresh', { refresh_token: session.refresh_token }))
          .data;
        const renewed = await app.refresh(appTokens.refresh_token);
        if (renewed.status === 200) appTokens = renewed.body;
        else failures.push(['the token endpoint', renewed]);
        const { status } = await system.api.withToken(appTokens.access_token).get('/helpers');
        if (status !== 200) failures.push(['a linked app', status]);
      }
    })();
    const connection = await connectToBroker('e2e');
    const ask = new Questions(connection);
    try {
      await waitFor(() => requests > 100);
      const { signing_kid } = await ask.ask(questions.rotateSigningKeys, {});
      expect(signing_kid).not.toBe(kidOf(former));
      // Whoever has not heard of a key refuses it, so the next one waits its turn.
      await expect(ask.ask(questions.rotateSigningKeys, {})).rejects.toMatchObject({
        status: 409,
        code: 'signing_keys.announced_too_recently',
      });
      const since = requests;
      await waitFor(() => kidOf(session.token) === signing_kid && kidOf(appTokens.access_token) === signing_kid, {
        deadlineMs: 20_000,
        what: 'tokens of the new key',
      });
      await waitFor(() => requests > since + 200, { deadlineMs: 20_000, what: 'requests with tokens of both keys' });
    } finally {
      end.abort();
      await Promise.all([...load, refreshing]);
      await connection.close();
    }
    expect(failures).toEqual([]);
  });
});
