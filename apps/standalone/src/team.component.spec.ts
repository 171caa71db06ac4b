import { freshEnvironment, waitFor } from '#testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CloudEvent, MailRequest } from '#contracts';
import type { RunningService } from '#service-defaults';

const environment = freshEnvironment();
const PASSWORD = 'Correct-Horse-7';
const VOID_WITHIN_MS = 2_000;

/** Imported late: subjects take their prefix from the environment of this suite. */
const load = async () => ({
  contracts: await import('#contracts'),
  messaging: await import('#messaging'),
  sealing: await import('#sealing'),
  defaults: await import('#service-defaults'),
  services: await (await import('./service-list.js')).loadServices(['identity', 'accounts', 'billing']),
});

interface SignedIn {
  token: string;
  refresh_token: string;
  user: { user_id: string; email: string };
  account: { account_id: string };
}

let parts: Awaited<ReturnType<typeof load>>;
let identity: RunningService;
let accounts: RunningService;
let running: RunningService[];

beforeAll(async () => {
  parts = await load();
  const start = parts.defaults.startService;
  running = [];
  for (const definition of parts.services) running.push(await start(definition, { port: 0, host: '127.0.0.1' }));
  const [first, second] = running;
  if (first === undefined || second === undefined) throw new Error('identity and accounts are not running');
  [identity, accounts] = [first, second];
});
afterAll(async () => {
  for (const service of running) await service.stop();
  await environment.dispose();
});

let calls = 0;

async function call<Data>(service: RunningService, method: string, path: string, body?: object, token?: string) {
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: {
      // As many as register here may not come from one address.
      'x-forwarded-for': `198.51.100.${(calls += 1) % 250}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { data: Data; code?: string };
  return { status: response.status, code: answer.code, data: answer.data };
}

/** The token in the last invitation mail to an address. */
async function invitationTo(email: string): Promise<string> {
  const { jetstreamManager } = await import('@nats-io/jetstream');
  const { mailSealScope, subjects } = parts.contracts;
  const manager = await jetstreamManager(accounts.app.get(parts.messaging.NATS_CONNECTION));
  const stream = subjects.stream('NOTIFY');
  const mail = await waitFor(
    async () => {
      const { state } = await manager.streams.info(stream);
      for (let seq = state.last_seq; seq >= state.first_seq && seq > 0; seq -= 1) {
        const { data } = (await manager.streams.getMessage(stream, { seq }))?.json<CloudEvent<MailRequest>>() ?? {};
        if (data?.template === 'team_invite' && data.to.address === email) return data;
      }
      return false;
    },
    { what: `an invitation to ${email}` },
  );
  return accounts.app.get(parts.sealing.Sealer).open(mail.sealed['token'] ?? '', mailSealScope(mail.mail_id));
}

let people = 0;
async function newOwner(): Promise<SignedIn> {
  const form = { email: `owner${(people += 1)}@example.test`, password: PASSWORD, name: 'Ada', company: 'Engines' };
  const { data } = await call<SignedIn>(identity, 'POST', '/auth/register', form);
  const account_id = data.account.account_id;
  const { questions } = parts.contracts;
  await accounts.app.get(parts.messaging.Questions).ask(questions.setPlan, { account_id, plan: 'deliver' });
  return data;
}

const invite = (owner: SignedIn, email: string, role: string) =>
  call<{ user_id: string }>(
    accounts,
    'POST',
    `/accounts/${owner.account.account_id}/team`,
    { email, role },
    owner.token,
  );

/** How long a token goes on to be taken. */
async function voidAfter(token: string): Promise<number> {
  const began = Date.now();
  await waitFor(
    async () => {
      const answers = await Promise.all([
        call(identity, 'GET', '/auth/sessions', undefined, token),
        call(accounts, 'GET', '/accounts', undefined, token),
      ]);
      return answers.every(({ status }) => status === 401);
    },
    { what: 'the token to be void in every service', everyMs: 50 },
  );
  return Date.now() - began;
}

it('makes somebody new a member, who signs in later and loses the rights of the token with the role', async () => {
  const owner = await newOwner();
  const email = 'grace@example.test';
  expect((await invite(owner, email, 'admin')).status).toBe(201);
  const login = () => call<SignedIn>(identity, 'POST', '/auth/login', { email, password: PASSWORD });
  expect((await login()).code).toBe('auth.invalid_credentials');

  const token = await invitationTo(email);
  const weak = { token, name: 'Grace', password: 'weak' };
  expect((await call(accounts, 'POST', '/invitations/accept', weak)).status).toBe(422);
  const form = { token, name: 'Grace', password: PASSWORD };
  const { status, data: grace } = await call<SignedIn>(accounts, 'POST', '/invitations/accept', form);
  expect(status).toBe(200);
  expect(grace).toMatchObject({ user: { email, name: 'Grace', status: 'active' } });
  expect(grace.account.account_id).toBe(owner.account.account_id);
  const account = `/accounts/${owner.account.account_id}`;
  expect((await call(accounts, 'PUT', account, { name: 'Renamed' }, grace.token)).status).toBe(200);
  expect((await login()).data.account.account_id).toBe(owner.account.account_id);

  const member = `${account}/team/${grace.user.user_id}`;
  expect((await call(accounts, 'PUT', member, { role: 'viewer' }, owner.token)).status).toBe(200);
  expect(await voidAfter(grace.token)).toBeLessThan(VOID_WITHIN_MS);
  const { refresh_token } = grace;
  const refreshed = await call<SignedIn>(identity, 'POST', '/auth/refresh', { refresh_token });
  expect((await call(accounts, 'GET', account, undefined, refreshed.data.token)).status).toBe(200);
  expect((await call(accounts, 'PUT', account, { name: 'Again' }, refreshed.data.token)).status).toBe(403);

  expect((await call(accounts, 'DELETE', member, undefined, owner.token)).status).toBe(200);
  expect(await voidAfter(refreshed.data.token)).toBeLessThan(VOID_WITHIN_MS);
  expect((await login()).code).toBe('account.no_membership');
});

it('lets somebody who is here already join with consent, and go on in the new account', async () => {
  const [owner, guest] = [await newOwner(), await newOwner()];
  await invite(owner, guest.user.email, 'member');
  const token = await invitationTo(guest.user.email);
  const { data } = await call<SignedIn>(accounts, 'POST', '/invitations/accept', { token }, guest.token);
  const { account_id } = owner.account;
  expect(data).toMatchObject({ user: { user_id: guest.user.user_id }, account: { account_id } });
  const status = await call<object>(identity, 'GET', '/auth/status', undefined, data.token);
  expect(status.data).toMatchObject({ account_context: { account_id: owner.account.account_id, role: 'member' } });
});

it('lets somebody who was invited register without the invitation, which stays open', async () => {
  const owner = await newOwner();
  const email = 'frontdoor@example.test';
  const invited = await invite(owner, email, 'member');
  const form = { email, password: PASSWORD, name: 'Front Door' };
  const { data } = await call<SignedIn>(identity, 'POST', '/auth/register', form);
  expect(data.user.user_id).toBe(invited.data.user_id);
  const { questions } = parts.contracts;
  const described = await accounts.app
    .get(parts.messaging.Questions)
    .ask(questions.describeUsers, { user_ids: [data.user.user_id] });
  expect(described.users[0]?.email_verified).toBe(false);
  const token = await invitationTo(email);
  expect((await call(accounts, 'POST', '/invitations/accept', { token }, data.token)).status).toBe(200);
});

it('hands an account over to the new owner, and its deletion shuts the others out', async () => {
  const [owner, heir] = [await newOwner(), await newOwner()];
  await invite(owner, heir.user.email, 'member');
  const token = await invitationTo(heir.user.email);
  const joined = await call<SignedIn>(accounts, 'POST', '/invitations/accept', { token }, heir.token);
  const account = `/accounts/${owner.account.account_id}`;
  const to = { user_id: heir.user.user_id, password: PASSWORD };
  expect((await call(accounts, 'POST', `${account}/transfer`, { ...to, password: 'no' }, owner.token)).status).toBe(
    401,
  );
  // That the mail was read is heard of, not waited for.
  await waitFor(async () => (await call(accounts, 'POST', `${account}/transfer`, to, owner.token)).status === 200);
  expect(await voidAfter(owner.token)).toBeLessThan(VOID_WITHIN_MS);
  const { refresh_token } = owner;
  const former = (await call<SignedIn>(identity, 'POST', '/auth/refresh', { refresh_token })).data;
  const proof = { password: PASSWORD, confirm: 'Engines' };
  expect((await call(accounts, 'DELETE', account, proof, former.token)).status).toBe(403);
  expect((await call(accounts, 'DELETE', account, proof, joined.data.token)).status).toBe(202);
  expect(await voidAfter(former.token)).toBeLessThan(VOID_WITHIN_MS);
  expect((await call(accounts, 'POST', `${account}/restore`, undefined, joined.data.token)).status).toBe(200);
});
