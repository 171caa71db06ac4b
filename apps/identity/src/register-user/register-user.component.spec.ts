import { environment, newEmail, registration, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client, Failure, SignedInBody } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';
import { Clock as AccountsClock } from '../../../accounts/src/clock.js';
import { Accounts } from '../../../accounts/src/persistence/accounts.repository.js';
import { Memberships } from '../../../accounts/src/persistence/memberships.repository.js';
import { UnclaimedAccountsSweeper } from '../../../accounts/src/sweep-unclaimed/unclaimed-accounts.sweeper.js';
import { Users } from '../persistence/users.repository.js';

describe('registration', () => {
  let identity: Client;
  let beside: Client | undefined;

  beforeAll(async () => {
    // The standard limits hold here: a registration that failed by our fault must not count.
    identity = await startIdentity();
  });
  afterAll(async () => {
    await beside?.running.stop();
    await identity.running.stop();
    await environment.dispose();
  });

  const users = () => identity.running.app.get(Users);

  it('leaves nothing half-made while accounts is down, and works when it is tried again', async () => {
    const email = newEmail();
    for (let tries = 0; tries < 4; tries += 1) {
      const { status, body } = await identity.post<Failure>('/auth/register', registration(email));
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'generic.unavailable' });
    }
    expect(await users().findByEmail(email)).toBeNull();
    beside = await startBeside(accounts);
    const { status, body } = await identity.post<SignedInBody>('/auth/register', registration(email));
    expect(status).toBe(200);
    expect(await users().find(body.user.user_id)).toMatchObject({ email, auth_version: 1 });
  });

  it('answers user and account as clients read them, and sets the cookie', async () => {
    const { status, body, headers } = await identity.post<SignedInBody>(
      '/auth/register',
      { ...registration('Mixed.Case@Example.Test'), unknown: 'ignored' },
      { ip: '203.0.113.1' },
    );
    expect(status).toBe(200);
    const { sub = '' } = decodeJwt(body.token);
    expect(body).toEqual({
      token: expect.any(String),
      token_type: 'Bearer',
      refresh_token: expect.stringMatching(/^mfr_[\w-]{43}$/),
      expires_in: 3600,
      user: {
        user_id: `user:${sub}`,
        cognito_user_id: sub,
        email: 'mixed.case@example.test',
        name: 'Ada Lovelace',
        phone_number: '+442079460000',
        company: 'Engines Ltd',
        status: 'active',
        current_account_id: body.account.account_id,
        onboarding_complete: false,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
      account: {
        account_id: expect.stringMatching(/^account:[0-9a-f-]{36}$/),
        owner_user_id: `user:${sub}`,
        created_by_user_id: `user:${sub}`,
        name: 'Engines Ltd',
        company: 'Engines Ltd',
        plan: 'free',
        status: 'active',
        settings: {
          max_helpers: 1,
          max_connections: 1,
          max_api_keys: 1,
          max_team_members: 1,
          max_executions: 100,
          webhooks_enabled: false,
        },
        usage: {
          helpers: 0,
          connections: 0,
          api_keys: 0,
          team_members: 1,
          monthly_executions: 0,
          monthly_api_requests: 0,
        },
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    });
    expect(decodeJwt(body.token)).toMatchObject({
      user_id: body.user.user_id,
      acc: body.account.account_id,
      role: 'owner',
      ver: 1,
      amr: ['pwd'],
      iss: 'mfh',
      aud: 'mfh',
      sid: expect.stringMatching(/^ses_/),
    });
    expect(headers.get('set-cookie')).toMatch(/^mfh_session=\S+; Path=\/api; Max-Age=3600; HttpOnly; SameSite=Lax$/);
  });

  it('makes one user of an address, however many register at once and in whatever case', async () => {
    const email = newEmail();
    const spellings = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? email : email.toUpperCase()));
    const replies = await Promise.all(
      spellings.map((spelling, n) =>
        identity.post<Failure>('/auth/register', registration(spelling), { ip: `198.18.${n}.1` }),
      ),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(7);
    const refused = replies.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ error: 'Email already registered', code: 'identity.email_taken' });
  });

  it.each([
    [{ email: undefined }, 'Email is required'],
    [{ email: 'no-at-sign' }, 'Email address is not valid'],
    [{ name: '  ' }, 'Name is required'],
    [{ password: undefined }, 'Password is required'],
    [{ password: 'Short1' }, 'Password must be at least 8 characters'],
    [{ password: 'no-capital-1' }, 'Password must contain an uppercase letter'],
    [{ password: 'Passw0rd123' }, 'This password is on a list of known passwords, choose another one'],
    [{ phone_number: '020 7946 0000' }, 'Phone number must start with +'],
    [{ phone_number: '+44 twenty' }, 'Phone number is not valid'],
  ])('refuses %p by name', async (change, error) => {
    const body = { ...registration(newEmail()), ...change };
    const reply = await identity.post<Failure>('/auth/register', body, { ip: '203.0.113.9' });
    expect(reply).toMatchObject({ status: 400, body: { error, code: 'request.invalid_body' } });
  });

  it('lets three register from one address in a day, exactly, and says when the next may', async () => {
    const replies = await Promise.all(
      Array.from({ length: 12 }, () =>
        identity.post<Failure>('/auth/register', registration(newEmail()), { ip: '203.0.113.77' }),
      ),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(3);
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(9);
    const seconds = Number(refused[0]?.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(86_000);
    expect(refused[0]?.body).toMatchObject({ code: 'generic.rate_limited', retry_after: seconds });
    expect(refused[0]?.headers.get('ratelimit-limit')).toBe('3');
    expect(refused[0]?.headers.get('ratelimit-remaining')).toBe('0');
  });

  it('confirms the account when the user exists, and removes one whose user never came', async () => {
    const app = beside?.running.app;
    if (app === undefined) throw new Error('accounts does not run');
    const [repository, memberships] = [app.get(Accounts), app.get(Memberships)];
    const { user, account } = await identity.newcomer(newEmail(), { ip: '203.0.114.1' });
    await waitFor(async () => (await repository.ofMember([account.account_id]))[0]?.awaiting_owner === undefined);

    const orphans = await repository.unclaimed(new Date(Date.now() + 60_000), 100);
    // The refused twins of the test above left theirs behind.
    expect(orphans.length).toBeGreaterThan(0);
    const sweeper = app.get(UnclaimedAccountsSweeper);
    await sweeper.sweep();
    expect(await repository.unclaimed(new Date(Date.now() + 60_000), 100)).toHaveLength(orphans.length);

    app.get(AccountsClock).now = () => new Date(Date.now() + 61 * 60 * 1000);
    await sweeper.sweep();
    expect(await repository.unclaimed(new Date(Date.now() + 60_000), 100)).toEqual([]);
    for (const orphan of orphans) expect(await memberships.ofUser(orphan.owner_user_id)).toEqual([]);
    expect(await memberships.ofUser(user.user_id)).toHaveLength(1);
  });
});
