import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { newCustomer, newHelper, PASSWORD } from './support/customer.js';
import { EventStream } from './support/event-stream.js';
import { useSystem } from './support/use-system.js';

const CLIENT_SECRET = `client-secret-${randomBytes(12).toString('hex')}`;
const SEALING_KEY = randomBytes(32).toString('base64url');
const running = useSystem({
  env: {
    MFH_LOG_LEVEL: 'trace',
    MFH_MAX_ATTEMPTS: '1',
    MFH_SEALING_KEYS: `k1:${SEALING_KEY}`,
    MFH_OAUTH_SANDBOX_CLIENT_ID: 'sandbox-client',
    MFH_OAUTH_SANDBOX_CLIENT_SECRET: CLIENT_SECRET,
    MFH_SANDBOX_CLIENT_SECRET: CLIENT_SECRET,
  },
});

/** Every secret that was used, by what it is. */
const used = new Map<string, string>();
const secret = (what: string, value: string): string => {
  used.set(what, value);
  return value;
};
const random = (what: string, form: (text: string) => string): string =>
  secret(what, form(randomBytes(12).toString('hex')));

async function signInAndOut(): Promise<void> {
  const { system, customer } = running;
  secret('the password', PASSWORD);
  const wrong = random('a wrong password', (text) => `Wrong-${text}`);
  await system.api.post('/auth/login', { email: customer.email, password: wrong });
  const password = random('a chosen password', (text) => `New-${text}`);
  const other = await newCustomer(system);
  secret('a token', other.token);
  secret('a refresh token', other.refreshToken);
  secret('an API key', other.key);
  const refreshed = await system.api.post<{ token: string; refresh_token: string }>('/auth/refresh', {
    refresh_token: other.refreshToken,
  });
  const api = system.api.withToken(secret('a refreshed token', refreshed.data.token));
  secret('a rotated refresh token', refreshed.data.refresh_token);
  await api.request('PUT', '/auth/password', { current_password: PASSWORD, new_password: password });
  await system.api.post('/auth/login', { email: other.email, password });
  await system.api.post('/auth/refresh', {
    refresh_token: random('an unknown refresh token', (text) => `mfr_${text}`),
  });
  await fetch(`${system.url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"password":"${random('a password in a broken body', (text) => `Broken-${text}`)}"`,
  });
  await api.post('/auth/logout', { refresh_token: refreshed.data.refresh_token });
}

async function connect(): Promise<void> {
  const { system, customer } = running;
  const { api } = customer;
  for (const key of [
    random("the vendor's key", (text) => `sandbox-key-${text}`),
    random('a key that the vendor does not know', (text) => `unknown-${text}`),
  ]) {
    const made = await api.post<{ connection_id: string }>('/platforms/sandbox/connections', {
      name: 'By key',
      credentials: { api_key: key },
    });
    await api.post(`/platforms/sandbox/connections/${made.data.connection_id}/test`);
  }
  const started = await api.post<{ url: string; state: string }>('/platforms/sandbox/oauth/start');
  secret('an OAuth state', started.data.state);
  const consent = await fetch(`${started.data.url}&auto=approve&user=logs`, { redirect: 'manual' });
  const back = new URL(consent.headers.get('location') ?? '');
  secret('an OAuth code', back.searchParams.get('code') ?? '');
  expect((await system.api.get(`/platforms/oauth/callback${back.search}`)).status).toBe(200);
  await system.api.get(`/platforms/oauth/callback${back.search}`);
  secret('our secret at the vendor', CLIENT_SECRET);
  secret('the sealing key', SEALING_KEY);
}

async function executeHelpers(): Promise<void> {
  const { system, customer } = running;
  const { api, key } = customer;
  secret("the customer's token", customer.token);
  secret("the customer's key", key);
  const token = random('a secret in a configuration', (text) => `hook-${text}`);
  const hook = await newHelper(customer, 'hook_it', {
    webhook_url: 'https://hooks.example.invalid/in',
    auth_type: 'bearer',
    auth_token: token,
  });
  const shown = await api.get(`/helpers/${hook}`);
  expect(JSON.stringify(shown.body)).not.toContain(token);
  const asked = await system.api.post<{ execution_id: string }>(`/helper/${key}/${hook}`, { contact_id: '1001' });
  const ended = await api.ended(asked.data.execution_id, 60_000);
  expect(JSON.stringify(ended)).not.toContain(token);
  await system.api.get(`/helper/${key}/${hook}?contact_id=1002`);
  await system.api.get(`/helper/${random('an unknown key', (text) => `mfh_live_${text}`)}/${hook}`);
  await system.api.get(`/helpers?token=${encodeURIComponent(customer.token)}`);
  const { ticket } = (await api.post<{ ticket: string }>('/executions/stream/ticket')).data;
  const stream = await EventStream.open(`${system.url}/executions/stream?ticket=${secret('a ticket', ticket)}`);
  stream.close();
}

describe('the logs of a whole run', () => {
  it('hold none of the secrets that were used, at the finest level', async () => {
    await signInAndOut();
    await connect();
    await executeHelpers();
    // A process that is stopped has written everything.
    const { system } = running;
    await Promise.all([...system.runners, ...system.processes.values()].map((process) => process.stop()));
    const logs = system.output();
    expect(logs).toContain('"/auth/login"');
    expect(used.size).toBeGreaterThan(15);
    const found = [...used].flatMap(([what, value]) => {
      const forms = [value, encodeURIComponent(value), Buffer.from(value).toString('base64')];
      const line = logs.split('\n').find((text) => forms.some((form) => form.length > 5 && text.includes(form)));
      return line === undefined ? [] : [{ what, line: line.slice(0, 1_000) }];
    });
    expect(found).toEqual([]);
  });
});
