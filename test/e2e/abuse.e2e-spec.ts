import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import { apiOperations, type ApiOperation } from './support/api-operations.js';
import { BROKEN_BODIES, HARDLY_HTTP, HOST, HOSTILE_IDS, HOSTILE_QUERIES } from './support/hostile-input.js';
import { newCustomer, newHelper, PASSWORD, type Customer } from './support/customer.js';
import { rawRequest, type RawAnswer } from './support/raw-request.js';
import { RunningSystem } from './support/running-system.js';

/** Paths whose answer does not depend on a look-up by an id of ours. */
const PLAIN_NAMES: Readonly<Record<string, string>> = { platform_id: 'sandbox', type: 'tag_it', plan: 'grow' };
/** One route of each service. */
const SERVED = ['/auth', '/accounts', '/platforms', '/helpers', '/billing', '/emails'];
const OWN_MEDIA_TYPES = /^\/(webhooks|billing\/webhook|t|oauth|emails\/unsubscribe)(\/|$)/;

let system: RunningSystem;
let customer: Customer;
let victim: Customer;
let helperId: string;
let operations: ApiOperation[];
let withBody: ApiOperation[];

beforeAll(async () => {
  system = await RunningSystem.start({ runners: 0 });
  [customer, victim] = [await newCustomer(system), await newCustomer(system)];
  helperId = await newHelper(customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
  // A service that was slow to say what its routes are is asked again.
  operations = await waitFor(async () => {
    const known = await apiOperations(system.api);
    return SERVED.every((prefix) => known.some(({ path }) => path.startsWith(prefix))) && known;
  });
  withBody = operations.filter(({ body, path }) => body !== undefined && !OWN_MEDIA_TYPES.test(path));
});
afterAll(async () => system.stop());

const pathOf = ({ path }: ApiOperation): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(
      { ...PLAIN_NAMES, account_id: customer.accountId, helper_id: helperId, connection_id: customer.connectionId }[
        name
      ] ?? 'thing:00000000-0000-7000-8000-000000000000',
    ),
  );

interface Sent {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

async function send({ method, path, headers = {}, body }: Sent) {
  const response = await fetch(system.url + path, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${customer.token}`, ...headers },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

/** The operations whose answer to a body is not the wanted one, with that answer. */
async function faults(body: string, isWanted: (status: number) => boolean, type = 'application/json') {
  const found: unknown[] = [];
  for (const operation of withBody) {
    const sent = { method: operation.method, path: pathOf(operation), headers: { 'content-type': type }, body };
    const { status, text } = await send(sent);
    if (!isWanted(status)) found.push([operation.name, status, text.slice(0, 200)]);
  }
  return found;
}

const is =
  (...statuses: number[]) =>
  (status: number): boolean =>
    statuses.includes(status);

describe('a body, on every route that reads one', () => {
  it.each(BROKEN_BODIES)('%s is refused by 400', async (_what, body) => {
    expect(withBody.length).toBeGreaterThan(25);
    expect(await faults(body, is(400))).toEqual([]);
  });

  it.each(['null', '[]', '"text"', '1', 'true'])('that is %s is refused as no object', async (body) => {
    expect(await faults(body, is(400, 422))).toEqual([]);
  });

  it.each([
    'text/plain',
    'application/xml',
    'text/json',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
  ])('of the type %s is refused by 415', async (type) => {
    expect(await faults('{}', is(415), type)).toEqual([]);
  });

  it('longer than its limit is refused by 413, before anything reads it', async () => {
    expect(await faults(`{"name":"${'x'.repeat(1024 * 1024)}"}`, is(413))).toEqual([]);
  });
});

describe('a path', () => {
  it('with a hostile id is answered as not found or refused, on every route, and never fails', async () => {
    const found: unknown[] = [];
    for (const operation of operations.filter(({ parameters }) => parameters.length > 0)) {
      for (const id of HOSTILE_IDS) {
        const path = operation.path.replace(/\{\w+\}/g, id);
        const answer = await send({
          method: operation.method,
          path,
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          ...(operation.body !== undefined && { body: '{}' }),
        });
        const isRefused = answer.status >= 400 && answer.status < 500;
        if (!isRefused || answer.headers.has('set-cookie'))
          found.push([operation.name, id.slice(0, 40), answer.status]);
      }
    }
    expect(found).toEqual([]);
  });

  it('with a query that nobody reads does not fail', async () => {
    const found: unknown[] = [];
    for (const operation of operations.filter(
      ({ method, path }) => method === 'GET' && path !== '/executions/stream',
    )) {
      for (const query of HOSTILE_QUERIES) {
        const { status } = await send({ method: 'GET', path: `${pathOf(operation)}?${query}` });
        if (status >= 500) found.push([operation.name, query, status]);
      }
    }
    expect(found).toEqual([]);
  });
});

describe('what a request may not bring along', () => {
  it('is not taken over into what is made or changed', async () => {
    const foreign = { account_id: victim.accountId, user_id: 'user:1', created_by: 'user:1', owner_user_id: 'user:1' };
    const privileged = {
      role: 'owner',
      plan: 'deliver',
      status: 'deleted',
      version: 99,
      email_verified: true,
      is_admin: true,
    };
    const extras = { ...foreign, ...privileged, key_hash: 'x', helper_id: 'helper:1', connection_status: 'error' };
    const email = `mass-${Date.now()}@example.com`;
    const person = await system.api.request<{ token: string; account: { account_id: string; plan: string } }>(
      'POST',
      '/auth/register',
      { ...extras, email, password: PASSWORD, name: 'Mass' },
    );
    expect([person.status, person.data.account.plan]).toEqual([200, 'free']);
    expect(person.data.account.account_id).not.toBe(victim.accountId);
    const own = system.api.withToken(person.data.token);
    await own.request('PUT', '/auth/profile', { ...extras, name: 'Mass Two' });
    await own.request('PUT', `/accounts/${encodeURIComponent(person.data.account.account_id)}`, {
      ...extras,
      name: 'Mass',
    });
    const status = (await own.get<Record<string, unknown>>('/auth/status')).data;
    expect(JSON.stringify(status)).not.toContain(victim.accountId);
    expect(JSON.stringify(status)).not.toContain('"email_verified":true');
    const made = await customer.api.request('POST', '/helpers', {
      name: 'Mass',
      helper_type: 'tag_it',
      connection_id: customer.connectionId,
      config: { tag_ids: ['199'], action: 'apply' },
      ...foreign,
      status: 'deleted',
      version: 99,
      execution_count: 5,
    });
    expect([201, 400]).toContain(made.status);
    if (made.status === 201) expect(made.data).toMatchObject({ account_id: customer.accountId, status: 'active' });
    expect((await victim.api.get<{ helpers: unknown[] }>('/helpers')).data.helpers).toEqual([]);
  });

  it('is no name that begins another header of a mail, or another cookie, and no host for links', async () => {
    const evil = {
      'x-forwarded-host': 'evil.example.com',
      'x-forwarded-proto': 'gopher',
      forwarded: 'host=evil.example.com',
    };
    const { headers } = await send({ method: 'GET', path: '/health', headers: { ...evil, 'x-request-id': 'a b"c' } });
    expect(headers.get('x-request-id')).not.toContain('"');
    expect([...headers.values()].join('\n')).not.toContain('evil.example.com');
    const name = 'Eve\r\nBcc: everybody@example.com';
    const invited = { email: `eve-${Date.now()}@example.com` };
    await customer.api.request('PUT', `/accounts/${encodeURIComponent(customer.accountId)}`, { name });
    await customer.api.request('POST', `/accounts/${encodeURIComponent(customer.accountId)}/team`, invited, evil);
    const mails = await waitFor(async () => {
      const inbox = await fetch(`${system.url}/_inbox/messages?to=${encodeURIComponent(invited.email)}`);
      const { messages } = (await inbox.json()) as { messages: { subject: string }[] };
      return messages.length > 0 && messages;
    });
    expect(mails[0]?.subject).not.toMatch(/[\r\n]/);
    expect(JSON.stringify(mails)).not.toContain('evil.example.com');
  });
});

describe('a request that is hardly HTTP', () => {
  const raw = (lines: string[], body = ''): Promise<RawAnswer> =>
    rawRequest(system.url, [...lines, '', body].join('\r\n'));

  it.each(HARDLY_HTTP)('with %s is refused by 400', async (_what, lines) => {
    expect((await raw(lines)).status).toBe(400);
  });

  it('with headers over 16 KiB is refused by 431', async () => {
    expect((await raw(['GET /health HTTP/1.1', HOST, `x-a: ${'b'.repeat(20_000)}`])).status).toBe(431);
  });

  it.each(['TRACE', 'PROPFIND'])('%s reaches no route', async (method) => {
    expect([400, 404, 405]).toContain((await raw([`${method} /helpers HTTP/1.1`, HOST])).status);
  });
});

it('tells nothing about what serves, in any refusal', async () => {
  const refusals: Sent[] = [
    { method: 'GET', path: '/nothing' },
    { method: 'PUT', path: '/auth/login', body: '{}' },
    { method: 'POST', path: '/auth/login', headers: { 'content-type': 'text/plain' }, body: 'x' },
    { method: 'POST', path: '/auth/login', headers: { 'content-type': 'application/json' }, body: '{' },
    { method: 'GET', path: '/helpers', headers: { authorization: 'Bearer x' } },
  ];
  for (const refusal of refusals) {
    const { status, headers, text } = await send(refusal);
    expect([refusal, headers.get('x-content-type-options'), headers.get('x-frame-options')]).toEqual([
      refusal,
      'nosniff',
      'DENY',
    ]);
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
    expect(JSON.parse(text)).toMatchObject({ success: false, status });
    if (status === 405) expect(headers.get('allow')).toBe('POST');
    expect(text).not.toMatch(/at \w+ \(|node_modules|\.js:\d+/);
  }
});
