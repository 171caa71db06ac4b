import { environment } from './testing/environment.js';
import { neighbourhood, NeighboursModule, tokenFor } from './testing/neighbours.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { events, newId, questions, scopeOf, type Role } from '#contracts';
import { EventPublisher, Questions } from '#messaging';
import { startService, type RunningService } from '#service-defaults';
import { waitFor } from '#testing';
import { Clock } from './clock.js';
import { Memberships } from './persistence/memberships.repository.js';
import { service } from './service.js';

interface Reply {
  status: number;
  body: Record<string, unknown> & { data?: Record<string, unknown> };
  headers: Headers;
}

const NOT_FOUND = { status: 404, body: { code: 'accounts.not_found', error: 'Account not found' } };

describe('accounts', () => {
  let running: RunningService;
  /** The owner of an account of their own. */
  let me: { userId: string; accountId: string; token: string };

  beforeAll(async () => {
    running = await startService(service, { port: 0, host: '127.0.0.1', imports: [NeighboursModule] });
  });
  beforeEach(async () => {
    Object.assign(neighbourhood, { counting: true, helpers: 3, plan: 'free', maxHelpers: 1 });
    running.app.get(Clock).now = () => new Date();
    me = await newOwner('Mine Ltd');
  });
  afterAll(async () => {
    await running.stop();
    await environment.dispose();
  });

  const ask = () => running.app.get(Questions);
  async function newOwner(company: string) {
    const [userId, accountId] = [newId('user'), newId('account')];
    neighbourhood.users.set(userId, { email: `${userId.slice(-6)}@example.test`, name: company });
    const wish = { account_id: accountId, user_id: userId, name: company, company };
    await ask().ask(questions.createAccount, wish);
    return { userId, accountId, token: await tokenFor(userId, accountId) };
  }
  const join = (userId: string, accountId: string, role: Role) =>
    running.app.get(Memberships).add(scopeOf(accountId), userId, role, new Date());
  async function call(method: string, path: string, token: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${running.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Reply['body'], headers: response.headers };
  }
  const get = (path: string, token = me.token) => call('GET', path, token);
  const put = (path: string, body: unknown, token = me.token) => call('PUT', path, token, body);

  it('makes an account once, however often and at the same time it is asked for', async () => {
    const wish = { account_id: newId('account'), user_id: newId('user'), name: 'Once', company: '' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask().ask(questions.createAccount, wish)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await ask().ask(questions.countTeam, { account_id: wish.account_id })).toEqual({ count: 1 });
    const thief = { ...wish, user_id: newId('user') };
    await expect(ask().ask(questions.createAccount, thief)).rejects.toMatchObject({ status: 409 });
  });

  it('lists the accounts of the user', async () => {
    const other = await newOwner('Other Ltd');
    await join(me.userId, other.accountId, 'viewer');
    const { status, body } = await get('/accounts');
    expect(status).toBe(200);
    const [mine, theirs] = (body.data?.['accounts'] ?? []) as object[];
    expect(body.data).toMatchObject({ total_count: 2, current_account_id: me.accountId });
    expect(mine).toEqual({
      account_id: me.accountId,
      name: 'Mine Ltd',
      company: 'Mine Ltd',
      plan: 'free',
      status: 'active',
      user_role: 'Owner',
      user_status: 'Active',
      is_current: true,
      linked_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(theirs).toMatchObject({ user_role: 'viewer', user_status: 'active', is_current: false });
  });

  it('shows an account with figures counted by their owners, and with the last ones while these are away', async () => {
    const first = await get(`/accounts/${encodeURIComponent(me.accountId)}`);
    expect(first.body.data).toMatchObject({
      account_id: me.accountId,
      owner_user_id: me.userId,
      created_by_user_id: me.userId,
      usage: {
        helpers: 3,
        connections: 0,
        api_keys: 2,
        team_members: 1,
        monthly_executions: 10,
        monthly_api_requests: 6,
      },
    });
    neighbourhood.helpers = 8;
    running.app.get(Clock).now = () => new Date(Date.now() + 5_000);
    expect((await get(`/accounts/${me.accountId}`)).body.data).toMatchObject({ usage: { helpers: 8 } });
    neighbourhood.counting = false;
    neighbourhood.helpers = 9;
    running.app.get(Clock).now = () => new Date(Date.now() + 10_000);
    expect((await get(`/accounts/${me.accountId}`)).body.data).toMatchObject({
      usage: { helpers: 8, api_keys: 2, monthly_executions: 10 },
    });
  });

  it('counts once for requests at the same time, and not again within seconds', async () => {
    neighbourhood.timesCounted = 0;
    await Promise.all(Array.from({ length: 10 }, () => get(`/accounts/${me.accountId}`)));
    await get(`/accounts/${me.accountId}`);
    expect(neighbourhood.timesCounted).toBe(1);
  });

  it('hides an account from everybody who is no member', async () => {
    const stranger = await newOwner('Stranger Ltd');
    for (const id of [me.accountId, newId('account')]) {
      expect(await get(`/accounts/${id}`, stranger.token)).toMatchObject(NOT_FOUND);
      expect(await get(`/accounts/${id}/team`, stranger.token)).toMatchObject(NOT_FOUND);
      expect(await put(`/accounts/${id}`, { name: 'Taken' }, stranger.token)).toMatchObject(NOT_FOUND);
    }
    const { body } = await call('POST', '/accounts/switch', stranger.token, { account_id: me.accountId });
    expect(body).toMatchObject({ status: 403, code: 'account.no_membership', error: 'Access denied' });
  });

  it.each([
    ['admin', 200, 200],
    ['member', 200, 403],
    ['viewer', 200, 403],
    ['client', 403, 403],
  ] as const)(
    'lets a %s see (%i) and change (%i) it, whatever the role in the account of the token',
    async (...row) => {
      const [role, seeing, changing] = row;
      const guest = await newOwner('Guest Ltd');
      await join(guest.userId, me.accountId, role);
      expect((await get(`/accounts/${me.accountId}`, guest.token)).status).toBe(seeing);
      expect((await get(`/accounts/${me.accountId}/team`, guest.token)).status).toBe(seeing);
      const changed = await put(`/accounts/${me.accountId}`, { name: 'Renamed' }, guest.token);
      expect(changed.status).toBe(changing);
      // The right is looked at before the body.
      const empty = await put(`/accounts/${me.accountId}`, {}, guest.token);
      expect(empty.status).toBe(changing === 200 ? 400 : 403);
    },
  );

  it('changes name and company', async () => {
    const path = `/accounts/${me.accountId}`;
    expect(await put(path, { name: 'New name', timezone: 'Europe/Paris' })).toMatchObject({
      status: 200,
      body: { data: { account_id: me.accountId, name: 'New name', company: 'Mine Ltd', usage: expect.any(Object) } },
    });
    expect(await put(path, { name: ' ' })).toMatchObject({
      status: 400,
      body: { error: 'Account name cannot be empty' },
    });
    expect(await put(path, {})).toMatchObject({ status: 400, body: { error: 'Name or company is required' } });
  });

  it('lists the team as the page reads it', async () => {
    const guest = await newOwner('Guest');
    neighbourhood.users.set(guest.userId, { email: 'guest@example.test', name: '' });
    await join(guest.userId, me.accountId, 'member');
    const { body } = await get(`/accounts/${me.accountId}/team`);
    expect(body.data).toMatchObject({
      total_count: 2,
      members: [
        { user_id: me.userId, name: 'Mine Ltd', role: 'Owner', status: 'Active', linked_at: expect.any(String) },
        {
          user_id: guest.userId,
          email: 'guest@example.test',
          name: 'guest@example.test',
          role: 'member',
          status: 'active',
        },
      ],
    });
  });

  it('merges preferences key by key; they belong to the user', async () => {
    const defaults = {
      execution_failures: true,
      connection_issues: true,
      usage_alerts: true,
      weekly_summary: false,
      new_features: true,
      team_activity: false,
      realtime_status: false,
      ai_insights: true,
      system_maintenance: true,
    };
    expect((await get('/accounts/preferences')).body.data).toEqual(defaults);
    const path = '/accounts/preferences';
    await Promise.all([put(path, { weekly_summary: true }), put(path, { ai_insights: false })]);
    const url = 'https://hooks.example.test/mfh';
    const { body } = await put(path, { webhook_url: url, unknown: 1 });
    expect(body.data).toEqual({ ...defaults, weekly_summary: true, ai_insights: false, webhook_url: url });
    expect((await put(path, { webhook_url: '' })).body.data).not.toHaveProperty('webhook_url');
    expect((await put(path, { webhook_url: 'javascript:alert(1)' })).status).toBe(400);
    expect((await put(path, { weekly_summary: 'yes' })).status).toBe(400);
    const elsewhere = await newOwner('Elsewhere');
    const token = await tokenFor(me.userId, elsewhere.accountId);
    expect((await get(path, token)).body.data).toMatchObject({ weekly_summary: true });
  });

  it('switches to another account of the user: identity makes the tokens', async () => {
    const other = await newOwner('Other Ltd');
    await join(me.userId, other.accountId, 'admin');
    const { status, body, headers } = await call('POST', '/accounts/switch', me.token, { account_id: other.accountId });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      user_id: me.userId,
      current_account_id: other.accountId,
      account: { account_id: other.accountId, name: 'Other Ltd' },
      token: 'new-token',
      token_type: 'Bearer',
      refresh_token: 'mfr_new',
      expires_in: 3600,
    });
    expect(headers.get('set-cookie')).toBe('mfh_session=new; Path=/api');
    expect(neighbourhood.switched.at(-1)).toMatchObject({
      user_id: me.userId,
      session_id: 'ses_1',
      account_id: other.accountId,
      role: 'admin',
    });
    expect(await call('POST', '/accounts/switch', me.token, {})).toMatchObject({ status: 400 });
  });

  it('follows the subscription, whatever the order in which its changes arrive', async () => {
    neighbourhood.counting = false;
    const later = await newOwner('Heard of last');
    const limits = { max_connections: 20, max_api_keys: 100, max_team_members: 100, max_executions: 100_000 };
    const change = (account_id: string, plan: 'grow' | 'deliver', revision: number, max_helpers: number | null) =>
      running.app.get(EventPublisher).publish(events.subscriptionChanged, {
        subject: account_id,
        accountId: account_id,
        data: {
          account_id,
          plan,
          previous_plan: 'free',
          label: plan,
          status: 'active',
          revision,
          limits: { ...limits, max_helpers, webhooks_enabled: true },
        },
      });
    const planOf = async (account_id: string) => ask().ask(questions.getAccount, { account_id });
    await change(me.accountId, 'deliver', 2, null);
    await change(me.accountId, 'grow', 1, 50);
    await change(later.accountId, 'grow', 1, 50);
    await waitFor(async () => (await planOf(later.accountId)).plan === 'grow');
    expect(await planOf(me.accountId)).toMatchObject({
      plan: 'deliver',
      settings: { max_helpers: 999_999, max_connections: 20 },
    });
  });

  it('repairs plan and limits by what billing answers', async () => {
    Object.assign(neighbourhood, { plan: 'grow', maxHelpers: 50 });
    await get(`/accounts/${me.accountId}`);
    const known = await ask().ask(questions.getAccount, { account_id: me.accountId });
    expect(known).toMatchObject({ plan: 'grow', settings: { max_helpers: 50 } });
    await expect(ask().ask(questions.getAccount, { account_id: newId('account') })).rejects.toMatchObject({
      status: 404,
      code: 'accounts.not_found',
    });
  });

  it('answers health without a token', async () => {
    const response = await fetch(`${running.url}/accounts/health`);
    expect(await response.json()).toMatchObject({ success: true, data: { service: 'accounts', stage: 'test' } });
  });
});
