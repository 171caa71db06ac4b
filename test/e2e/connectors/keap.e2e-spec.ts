import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  authorizationUrl,
  connectorHttp,
  exchangeCode,
  oauthClientOf,
  openConnection,
  platformOf,
  refreshTokens,
  type ConnectorRun,
  type ObservedCall,
  type ObservedWait,
} from '#connectors';
import { DEFAULT_ADMIN_SECRET, DEMO_KEY, DEMO_TAG } from '../../../apps/sandbox-crm/src/demo-facts.js';
import { startSandbox, type RunningSandbox } from '../../../apps/sandbox-crm/src/sandbox.js';
import { connectorContract } from './contract-suite.js';
import type { Connected, Connecting, ContractSubject, Effect } from './contract-subject.js';
import { KEAP_CORRECTIONS } from './document-corrections.js';
import { OpenApiDocument, openApiPath } from './openapi-document.js';
import { RecordedHttp } from './recorded-http.js';

const CONTACTS = 30;

let sandbox: RunningSandbox;
let http: ReturnType<typeof connectorHttp>;
let recorded: RecordedHttp;
let requestsBefore = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, contacts: CONTACTS });
  http = connectorHttp({ MFH_MODE: 'test', MFH_LIMITS: 'standard', MFH_CRMS: 'vendors', MFH_SANDBOX_URL: sandbox.url });
  recorded = new RecordedHttp(http, `${sandbox.url}/keap/crm`);
});

afterAll(async () => {
  await http.close();
  await sandbox.stop();
});

async function admin<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${sandbox.url}/_admin${path}`, {
    method,
    headers: { 'x-sandbox-admin': DEFAULT_ADMIN_SECRET, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
}

function connect({ credentials, refresh, signal, timeoutMs }: Connecting = {}): Connected {
  const calls: ObservedCall[] = [];
  const waits: ObservedWait[] = [];
  const run: ConnectorRun = {
    onCall: (call) => calls.push(call),
    onWait: (wait) => waits.push(wait),
    ...(signal === undefined ? {} : { signal }),
  };
  const connection = openConnection(
    { platform: 'sandbox', credentials: credentials ?? { api_key: DEMO_KEY } },
    {
      http: recorded,
      places: { sandboxUrl: sandbox.url },
      random: () => 0.01,
      ...(refresh === undefined ? {} : { refreshCredentials: refresh }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    },
  );
  return { crm: connection.connector(run), calls, waits };
}

const subject: ContractSubject = {
  platform: 'sandbox',
  connect,
  contact: (index) => String(1001 + index),
  contactCount: CONTACTS,
  tag: DEMO_TAG,
  fields: [
    { sort: 'text', field: { id: '1', label: 'Nickname' }, values: ['Ada', 'Countess'] },
    { sort: 'choice', field: { id: '2', label: 'Favorite Product' }, values: ['Workbook', 'Starter Course'] },
    { sort: 'list', field: { id: '3', label: 'Interests' }, values: [['Books', 'Coaching'], ['Workshops']] },
    { sort: 'yes or no', field: { id: '4', label: 'Newsletter' }, values: [true, false] },
    {
      sort: 'date',
      field: { id: '5', label: 'Renewal Date' },
      values: ['2026-03-01T00:00:00Z', '2027-12-31T00:00:00Z'],
    },
    {
      sort: 'instant',
      field: { id: '6', label: 'Last Visit' },
      values: ['2026-03-01T10:30:00Z', '2026-04-01T00:00:00Z'],
    },
    { sort: 'whole number', field: { id: '7', label: 'Score' }, values: [41, 42] },
    { sort: 'decimal', field: { id: '8', label: 'Lifetime Value' }, values: [10.5, 0.1] },
    { sort: 'long text', field: { id: '9', label: 'Background' }, values: ['a\nb', 'Ünïcödé €'] },
  ],
  automation: '302:1',
  goal: { name: 'contract_goal', integration: 'myfusionhelper' },
  faults: async (rules) => {
    await admin('PUT', '/faults', { rules: rules.map((rule) => ({ match: {}, ...rule })) });
  },
  effects: async (contactId) => {
    const { effects } = await admin<{ effects: Effect[] }>('GET', `/effects?contact_id=${contactId ?? ''}`);
    return effects;
  },
  requestCount: async () => {
    const { total } = await admin<{ total: number }>('GET', '/requests');
    const since = total - requestsBefore;
    requestsBefore = total;
    return since;
  },
};

describe('Keap’s connector against the sandbox CRM', () => {
  connectorContract(() => subject);
});

describe('OAuth against the sandbox CRM', () => {
  it('connects with PKCE, refreshes with rotation, and uses each refresh token once', async () => {
    const manifest = platformOf('sandbox', { sandboxUrl: sandbox.url });
    const client = oauthClientOf('sandbox', {});
    if (manifest === undefined || client === undefined) throw new Error('The platform sandbox is missing');
    const codeVerifier = 'a'.repeat(64);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
    const codeChallenge = Buffer.from(digest).toString('base64url');
    const redirectUri = 'http://127.0.0.1:9/callback';
    const url = authorizationUrl(manifest, client, { redirectUri, state: 's1', codeChallenge });
    const answer = await fetch(`${url}&auto=approve`, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.searchParams.get('state')).toBe('s1');
    const code = back.searchParams.get('code') ?? '';

    await expect(
      exchangeCode(manifest, client, { code, redirectUri, codeVerifier: 'b'.repeat(64) }, { http }),
    ).rejects.toMatchObject({ kind: 'auth_invalid' });
    const again = await fetch(`${url}&auto=approve`, { redirect: 'manual' });
    const secondCode = new URL(again.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const tokens = await exchangeCode(manifest, client, { code: secondCode, redirectUri, codeVerifier }, { http });
    expect(tokens.expiresAt?.getTime()).toBeGreaterThan(Date.now());

    const refresh = jest.fn(async () => {
      const fresh = await refreshTokens(manifest, client, tokens.refreshToken ?? '', { http });
      return { access_token: fresh.accessToken };
    });
    await admin('POST', '/tokens/expire', {});
    const { crm, calls } = connect({ credentials: { access_token: tokens.accessToken }, refresh });
    await Promise.all([crm.getContact('1001'), crm.getContact('1002'), crm.getTags()]);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(calls.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(1);

    await expect(refreshTokens(manifest, client, tokens.refreshToken ?? '', { http })).rejects.toMatchObject({
      kind: 'auth_invalid',
      retryable: false,
    });
  });
});

describe('Keap’s published document', () => {
  const path = openApiPath('keap/keap-rest-v2.json');
  if (!existsSync(path)) {
    process.stderr.write('SKIPPED: nothing was held against Keap’s OpenAPI document, which is not here\n');
  }

  let document: OpenApiDocument;
  beforeAll(() => {
    if (existsSync(path)) document = new OpenApiDocument(path, KEAP_CORRECTIONS);
  });
  const withDocument = existsSync(path) ? it : it.skip;

  withDocument.each([
    ['an unknown path', { path: '/rest/v2/contact/1' }],
    ['an unknown query parameter', { path: '/rest/v2/contacts/1?limit=5' }],
    ['a wrong update mask', { method: 'PATCH', path: '/rest/v2/contacts/1?update_mask=email' }],
    ['an unknown member of a body', { method: 'PATCH', path: '/rest/v2/contacts/1', requestBody: { name: 'x' } }],
    ['a number where a text belongs', { responseBody: { id: 1 } }],
    ['an undeclared status', { status: 418 }],
  ])('is strict about %s', (_name, difference) => {
    const right = {
      method: 'GET',
      path: '/rest/v2/contacts/1',
      requestBody: undefined,
      status: 200,
      responseBody: { id: '1' },
    };
    expect(document.problemsOf(right)).toEqual([]);
    expect(document.problemsOf({ ...right, ...difference })).not.toEqual([]);
  });

  withDocument('allows every request of the connector and every answer of the sandbox', () => {
    const planned = new Set([429, 502, 503]);
    const real = recorded.exchanges.filter(
      ({ status, responseBody }) => !planned.has(status) && (status !== 200 || typeof responseBody !== 'string'),
    );
    const problems = new Set(real.flatMap((exchange) => document.problemsOf(exchange)));
    expect(real.length).toBeGreaterThan(100);
    expect([...problems]).toEqual([]);
  });
});
