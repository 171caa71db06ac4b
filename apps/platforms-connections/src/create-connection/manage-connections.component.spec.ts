import { startConnections, type RunningConnections } from '../testing/running-connections.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scopeOf } from '#contracts';
import { waitFor } from '#testing';
import { ConnectionAuths } from '../persistence/connection-auths.repository.js';

let running: RunningConnections;
beforeAll(async () => {
  running = await startConnections();
});
afterAll(() => running.stop());

let accounts = 0;
const newAccount = (): string => `account:0190b000-0000-7000-8000-${String((accounts += 1)).padStart(12, '0')}`;

interface Shown {
  connection_id: string;
  name: string;
  status: string;
}

async function connected(account: string, name = 'Demo'): Promise<Shown> {
  const created = await running.call(account, 'POST', '/platforms/sandbox/connections', {
    name,
    credentials: { api_key: 'top-secret-key' },
  });
  expect(created.status).toBe(201);
  return created.body.data as Shown;
}

describe('the service', () => {
  it.each(['/platforms/health', '/platform-connections/health'])('answers %s in the envelope', async (path) => {
    const answer = await fetch(`${running.service.url}${path}`);
    expect(await answer.json()).toMatchObject({ success: true, data: { service: 'platforms-connections' } });
  });

  it('describes its routes', async () => {
    const answer = await fetch(`${running.service.url}/internal/openapi.json`);
    const { paths } = (await answer.json()) as { paths: Record<string, unknown> };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/platforms', '/platform-connections', '/platforms/oauth/callback']),
    );
  });
});

describe('platforms', () => {
  it('lists them by category and says which are connected', async () => {
    const account = newAccount();
    await connected(account);
    const { body } = await running.call(account, 'GET', '/platforms?category=crm&status=active');
    const { platforms, total } = body.data as { platforms: { slug: string; has_connection: boolean }[]; total: number };
    expect(total).toBe(platforms.length);
    expect(platforms.map(({ slug }) => slug).sort()).toEqual(
      ['activecampaign', 'gohighlevel', 'hubspot', 'keap', 'ontraport', 'sandbox'].sort(),
    );
    expect(platforms.filter((platform) => platform.has_connection).map(({ slug }) => slug)).toEqual(['sandbox']);
  });

  it.each(['keap', 'platform:keap', 'platform%3Akeap', 'platform%253Akeap'])('reads one by %s', async (id) => {
    const { status, body } = await running.call(newAccount(), 'GET', `/platforms/${id}`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ platform_id: 'platform:keap', has_connection: false });
    expect(body.data).toMatchObject({
      platform: { platform_id: 'platform:keap' },
      api_config: { auth_type: 'oauth2' },
    });
  });

  it('answers 404 for a platform that is not there', async () => {
    const { status, body } = await running.call(newAccount(), 'GET', '/platforms/nonsense');
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'platforms.not_found' });
  });
});

describe('connections', () => {
  it('infers the kind of credentials, keeps them to itself and lists bare arrays', async () => {
    const account = newAccount();
    const created = await connected(account, 'My CRM');
    expect(created).toMatchObject({ account_id: account, platform_id: 'platform:sandbox', status: 'active' });
    expect(created).toMatchObject({ auth_type: 'api_key', credentials_metadata: {} });
    expect(JSON.stringify(created)).not.toContain('top-secret-key');
    for (const path of ['/platform-connections', '/platforms/sandbox/connections']) {
      expect((await running.call(account, 'GET', path)).body.data).toEqual([created]);
    }
    expect((await running.call(account, 'GET', '/platforms/keap/connections')).body.data).toEqual([]);
    const path = `/platforms/platform:sandbox/connections/${created.connection_id}`;
    expect((await running.call(account, 'GET', path)).body.data).toEqual(created);
  });

  it('names the required fields that are missing', async () => {
    const { status, body } = await running.call(newAccount(), 'POST', '/platforms/activecampaign/connections', {
      name: 'AC',
      credentials: { api_key: 'k' },
    });
    expect(status).toBe(400);
    expect(body.errors?.map(({ field }) => field)).toEqual(['credentials.api_url']);
    const nameless = await running.call(newAccount(), 'POST', '/platforms/sandbox/connections', { credentials: {} });
    expect(nameless).toMatchObject({ status: 400, body: { code: 'request.invalid_body' } });
  });

  it('says what is wrong with the address of an account, and does not keep it', async () => {
    const account = newAccount();
    const { status, body } = await running.call(account, 'POST', '/platforms/activecampaign/connections', {
      name: 'AC',
      credentials: { api_key: 'k', api_url: 'https://acme.activehosted.com/app/settings' },
    });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { field: 'credentials.api_url', code: 'invalid', message: expect.stringContaining('Account URL must be') },
    ]);
    expect((await running.call(account, 'GET', '/platform-connections')).body.data).toEqual([]);
  });

  it('sends people to the sign-in of a platform that has one', async () => {
    const { status, body } = await running.call(newAccount(), 'POST', '/platforms/keap/connections', { name: 'Keap' });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'connections.oauth_required' });
  });

  it('renames, renews and deletes', async () => {
    const account = newAccount();
    const { connection_id } = await connected(account);
    const path = `/platforms/sandbox/connections/${connection_id}`;
    expect((await running.call(account, 'PUT', path, { name: 'Other' })).body.data).toMatchObject({ name: 'Other' });
    const renewed = await running.call(account, 'PUT', path, { credentials: { api_key: 'second-key' } });
    expect(renewed.body.data).toMatchObject({ name: 'Other', status: 'active' });
    const deleted = await running.call(account, 'DELETE', path);
    expect(deleted.body.data).toEqual({ connection_id, deleted_at: expect.any(String) });
    expect((await running.call(account, 'GET', path)).status).toBe(404);
    expect((await running.call(account, 'DELETE', path)).status).toBe(404);
  });

  it('wipes the secrets of a deleted connection and tells the others', async () => {
    const account = newAccount();
    const { connection_id } = await connected(account);
    await running.call(account, 'DELETE', `/platforms/sandbox/connections/${connection_id}`);
    const auths = running.service.app.get(ConnectionAuths);
    const left = await auths.findOne(scopeOf(account), { connection_id });
    expect(left).toMatchObject({ status: 'revoked', revoked_at: expect.any(Date), ttl: expect.any(Date) });
    expect(left).not.toHaveProperty('sealed');
    const told = () => running.events.filter(({ subject }) => subject === connection_id);
    await waitFor(() => told().length === 2);
    expect(told().at(-1)).toMatchObject({
      type: 'mfh.connections.connection.deleted.v1',
      accountid: account,
      data: { connection_id, platform_id: 'platform:sandbox' },
    });
  });

  it('hides the connections of other accounts and of other platforms behind 404', async () => {
    const { connection_id } = await connected(newAccount());
    const stranger = newAccount();
    const path = `/platforms/sandbox/connections/${connection_id}`;
    for (const [method, body] of [['GET'], ['PUT', { name: 'x' }], ['DELETE']] as const) {
      const answer = await running.call(stranger, method, path, body);
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 404, code: 'connections.not_found' });
    }
  });

  it('lets viewers read and nothing else', async () => {
    const account = newAccount();
    await connected(account);
    const headers = { authorization: `Bearer ${await running.neighbours.token(account, 'viewer')}` };
    expect((await running.call(account, 'GET', '/platform-connections', undefined, headers)).body.data).toHaveLength(1);
    const refused = await running.call(account, 'POST', '/platforms/sandbox/connections', {}, headers);
    expect(refused).toMatchObject({ status: 403, body: { code: 'account.permission_denied' } });
  });
});

describe('the plan limit', () => {
  it('is exact under 50 parallel requests and leaves room again after a delete', async () => {
    const account = newAccount();
    running.neighbours.plan.limits.max_connections = 5;
    const create = (name: string) =>
      running.call(account, 'POST', '/platforms/sandbox/connections', { name, credentials: { api_key: 'k' } });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => create(`c${index}`)));
    const made = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 403);
    expect([made.length, refused.length]).toEqual([5, 45]);
    expect(refused[0]?.body).toMatchObject({
      code: 'billing.limit_reached',
      error: 'Your Deliver plan allows 5 connections. Upgrade to add more.',
      data: { limit: 5, used: 5, plan: 'deliver', upgrade_url: 'https://app.example.com/billing' },
    });
    const first = made[0]?.body.data as Shown | undefined;
    await running.call(account, 'DELETE', `/platforms/sandbox/connections/${first?.connection_id}`);
    expect((await create('again')).status).toBe(201);
    running.neighbours.plan.limits.max_connections = 20;
  });

  it('keeps the last place for one of 50 parallel requests over two instances of the service', async () => {
    const replica = await running.another();
    try {
      const account = newAccount();
      running.neighbours.plan.limits.max_connections = 2;
      await connected(account);
      const token = await running.neighbours.token(account);
      const urls = [running.service.url, replica.url];
      const answers = await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const answer = await fetch(`${urls[index % 2]}/platforms/sandbox/connections`, {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify({ name: `c${index}`, credentials: { api_key: 'k' } }),
          });
          const { code } = (await answer.json()) as { code?: string };
          return code ?? answer.status;
        }),
      );
      expect(answers.filter((answer) => answer === 201)).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'billing.limit_reached')).toHaveLength(49);
    } finally {
      running.neighbours.plan.limits.max_connections = 20;
      await replica.stop();
    }
  });
});
