import { environment, newEmail, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client, Failure, SignedInBody } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { permissionsOf, questions } from '#contracts';
import { Questions } from '#messaging';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';

describe('the signed-in user', () => {
  let identity: Client;
  let beside: Client;
  let me: SignedInBody;

  beforeAll(async () => {
    process.env['MFH_LIMITS'] = 'lifted';
    identity = await startIdentity();
    beside = await startBeside(accounts);
    me = await identity.newcomer();
  });
  afterAll(async () => {
    await beside.running.stop();
    await identity.running.stop();
    await environment.dispose();
  });

  it('reads the status: flat for API clients, two objects for the web client', async () => {
    const { status, body } = await identity.get<Record<string, unknown>>('/auth/status', me.token);
    expect(status).toBe(200);
    const { account_id } = me.account;
    const { user_id, email, name, current_account_id, created_at } = me.user;
    expect(body).toMatchObject({
      user_id,
      email,
      name,
      status: 'active',
      current_account_id,
      onboarding_complete: false,
      created_at,
      account_context: { account_id, role: 'Owner', permissions: permissionsOf('owner') },
      available_accounts: [
        {
          account_id,
          account_name: 'Engines Ltd',
          role: 'Owner',
          permissions: permissionsOf('owner'),
          is_current: true,
        },
      ],
      user: me.user,
      account: { account_id, usage: { helpers: 3, api_keys: 0 }, settings: { max_helpers: 10 } },
    });
  });

  it('is asked for a token, and for one of ours', async () => {
    expect(await identity.get('/auth/status')).toMatchObject({
      status: 401,
      body: { success: false, error: 'Authentication required', code: 'auth.unauthorized' },
    });
    expect(await identity.get('/auth/status', 'a.b.c')).toMatchObject({ body: { code: 'auth.invalid_token' } });
  });

  it('reads what the role may do', async () => {
    const { body } = await identity.get<{ grants: object[] }>('/auth/permissions', me.token);
    expect(body).toMatchObject({ role: 'Owner', permissions: permissionsOf('owner') });
    expect(body.grants).toContainEqual({ resource: 'helpers', actions: ['view', 'manage', 'execute'] });
  });

  it('completes the onboarding', async () => {
    const { status, body } = await identity.call('PATCH', '/auth/onboarding-complete', undefined, { token: me.token });
    expect({ status, body }).toEqual({ status: 200, body: { onboarding_complete: true } });
  });

  it('changes name and address, the address to a free one only', async () => {
    const put = (body: object) => identity.put<Failure>('/auth/profile', body, me.token);
    expect(await put({})).toMatchObject({ status: 400, body: { error: 'Name or email is required' } });
    expect(await put({ email: 'nodot@host' })).toMatchObject({ status: 400 });
    expect(await put({ name: 'Grace Hopper', email: '' })).toMatchObject({
      status: 200,
      body: { user_id: me.user.user_id, name: 'Grace Hopper', email: me.user.email, updated_at: expect.any(String) },
    });
    const other = await identity.newcomer();
    expect(await put({ email: other.user.email.toUpperCase() })).toMatchObject({
      status: 409,
      body: { error: 'Email already registered', code: 'identity.email_taken' },
    });
    const elsewhere = await identity.signIn(me.user.email);
    const moved = newEmail();
    expect(await put({ email: moved })).toMatchObject({ status: 200, body: { email: moved, name: 'Grace Hopper' } });
    // Other sessions have to come back with a refresh; this one goes on.
    await waitFor(async () => (await identity.get('/auth/status', elsewhere.token)).status === 401, {
      deadlineMs: 2_000,
    });
    expect((await identity.get('/auth/status', me.token)).status).toBe(200);
    const { body } = await identity.post<{ token: string }>('/auth/refresh', {
      refresh_token: elsewhere.refresh_token,
    });
    expect((await identity.get('/auth/status', body.token)).status).toBe(200);
  });

  it('is described to other services, unknown users left out', async () => {
    const ask = identity.running.app.get(Questions);
    const { users } = await ask.ask(questions.describeUsers, { user_ids: [me.user.user_id, 'user:nobody'] });
    expect(users).toEqual([
      {
        user_id: me.user.user_id,
        email: expect.any(String),
        email_verified: false,
        name: 'Grace Hopper',
        status: 'active',
      },
    ]);
  });

  it('is made by an operator under the rules of registration', async () => {
    const ask = identity.running.app.get(Questions);
    const form = { email: newEmail(), name: 'Op', password: 'Correct-Horse-7' };
    const created = await ask.ask(questions.createOwner, form);
    const { user, account } = await identity.signIn(form.email.toUpperCase());
    expect(created).toEqual({ user_id: user.user_id, account_id: account.account_id });
    expect(account['name']).toBe('Op');
    await expect(ask.ask(questions.createOwner, form)).rejects.toMatchObject({ status: 409 });
    const weak = { ...form, email: newEmail(), password: 'weak' };
    await expect(ask.ask(questions.createOwner, weak)).rejects.toMatchObject({ status: 400 });
  });
});
