import '../testing/environment.js';
import { neighbourhood, tokenFor } from '../testing/neighbours.js';
import { TeamWorld, type Member, type Reply } from '../testing/team-world.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#contracts';
import { startService } from '#service-defaults';
import { Clock } from '../clock.js';
import { service } from '../service.js';
import { InvitationsSweeper } from '../expire-invitations/invitations.sweeper.js';

const DAY_MS = 24 * 60 * 60 * 1000;

let world: TeamWorld;
let me: Member;
let emails = 0;
const newEmail = (): string => `invited${(emails += 1)}@example.test`;

beforeAll(async () => {
  world = await TeamWorld.start();
});
beforeEach(async () => {
  neighbourhood.maxTeam = 5;
  world.running.app.get(Clock).now = () => new Date();
  me = await world.newOwner('Ada');
});
afterAll(() => world.stop());

const team = (accountId = me.accountId) => `/accounts/${accountId}/team`;
const invitations = (accountId = me.accountId) => `/accounts/${accountId}/invitations`;
const invite = (email: string, role?: string, by = me): Promise<Reply> =>
  world.call('POST', team(), by.token, { email, ...(role !== undefined && { role }) });
const accept = (body: object, token?: string) => world.call('POST', '/invitations/accept', token, body);
const refused = ({ status, body }: Reply) => [status, body.code];
const later = (ms: number) => {
  world.running.app.get(Clock).now = () => new Date(Date.now() + ms);
};
const members = async () => (await world.call('GET', team(), me.token)).body.data?.['members'] as object[];

async function invited(email = newEmail(), role = 'member') {
  const { status, body } = await invite(email, role);
  expect(status).toBe(201);
  const { body: list } = await world.call('GET', invitations(), me.token);
  const found = list.data?.['invitations'] as { email: string; invitation_id: string }[];
  const id = found.find((each) => each.email === email)?.invitation_id ?? '';
  return { email, id, userId: String(body.data?.['user_id']), token: await world.tokenFor(email) };
}

describe('inviting', () => {
  it('keeps a place that is pending and links nobody', async () => {
    const email = newEmail();
    const { status, body } = await invite(email.toUpperCase());
    expect(status).toBe(201);
    expect(body.data).toEqual({ user_id: expect.any(String), email, role: 'member', status: 'Pending' });
    expect(await members()).toMatchObject([{ role: 'Owner' }, { email, name: email, status: 'Pending' }]);
    const [mail] = await world.mailsTo(email, 'team_invite', 1);
    expect(mail).toMatchObject({ inviter_name: 'Ada', account_name: 'Ada Ltd', role: 'member' });
    const token = await tokenFor(String(body.data?.['user_id']), me.accountId, 'member');
    expect(refused(await world.call('GET', `/accounts/${me.accountId}`, token))).toEqual([404, 'accounts.not_found']);
  });

  it('refuses members, invited ones, bad roles, and roles above the own one', async () => {
    const email = newEmail();
    await invite(email);
    expect(refused(await invite(email))).toEqual([409, 'account.invitation_already_exists']);
    const member = await world.memberOf(me.accountId, 'viewer');
    expect(refused(await invite(member.email))).toEqual([409, 'account.already_member']);
    for (const role of ['owner', 'boss', 'client']) expect((await invite(newEmail(), role)).status).toBe(400);
    expect((await invite('nobody')).status).toBe(400);
    expect(refused(await invite(newEmail(), 'viewer', member))).toEqual([403, 'account.permission_denied']);
  });

  it('is exact at the limit under parallel calls, invited ones counted', async () => {
    neighbourhood.maxTeam = 4;
    const answers = await Promise.all(Array.from({ length: 50 }, () => invite(newEmail())));
    const full = answers.filter(({ status }) => status === 403);
    expect([answers.filter(({ status }) => status === 201).length, full.length]).toEqual([3, 47]);
    expect(full[0]?.body).toMatchObject({
      code: 'billing.limit_reached',
      error: 'Team member limit reached. Upgrade your plan to add more members.',
      data: { limit: 4, used: 4 },
    });
  });

  it('keeps the last place for one of fifty parallel calls over two instances of the service', async () => {
    const replica = await startService(service, { port: 0, host: '127.0.0.1' });
    try {
      neighbourhood.maxTeam = 2;
      const urls = [world.running.url, replica.url];
      const codes = await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const headers = { authorization: `Bearer ${me.token}`, 'content-type': 'application/json' };
          const body = JSON.stringify({ email: newEmail() });
          const answer = await fetch(`${urls[index % 2]}${team()}`, { method: 'POST', headers, body });
          return ((await answer.json()) as { code?: string }).code ?? answer.status;
        }),
      );
      expect(codes.filter((code) => code === 201)).toHaveLength(1);
      expect(codes.filter((code) => code === 'billing.limit_reached')).toHaveLength(49);
    } finally {
      await replica.stop();
    }
  });

  it('makes exactly one invitation of parallel ones to an address', async () => {
    const email = newEmail();
    const answers = await Promise.all(Array.from({ length: 8 }, () => invite(email)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
  });

  it('lets an account send twenty mails an hour', async () => {
    neighbourhood.maxTeam = 100;
    const answers = await Promise.all(Array.from({ length: 22 }, () => invite(newEmail())));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ status, body }) => status === 429 && body.code === 'generic.rate_limited')).toHaveLength(
      2,
    );
    later(61 * 60 * 1000);
    expect((await invite(newEmail())).status).toBe(201);
  });
});

describe('an invitation', () => {
  it('is shown to whoever has the link, the address masked', async () => {
    const { token, email } = await invited();
    const { status, body } = await world.call('GET', `/invitations/${token}`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ account_name: 'Ada Ltd', inviter_name: 'Ada', role: 'member' });
    expect(body.data?.['email_masked']).toBe('i***@example.test');
    expect(JSON.stringify(body)).not.toContain(email);
    expect(refused(await world.call('GET', `/invitations/${token}x`))).toEqual([404, 'invitations.not_found']);
  });

  it('makes a new user a member who is signed in', async () => {
    const { token, email, userId } = await invited();
    expect(refused(await accept({ token }))).toEqual([422, 'request.invalid_body']);
    expect((await accept({ token, name: 'Grace', password: 'short' })).status).toBe(400);
    expect(await members()).toMatchObject([{}, { status: 'Pending' }]);
    const { status, body } = await accept({ token, name: 'Grace', password: 'Correct-Horse-7' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      token: 'new-token',
      token_type: 'Bearer',
      refresh_token: 'mfr_new',
      user: { user_id: userId, email, name: 'Grace' },
      account: { account_id: me.accountId },
    });
    expect(await members()).toMatchObject([{}, { user_id: userId, status: 'active', role: 'member' }]);
    await world.mailsTo(me.email, 'team_changed', 1);
    expect(await world.eventsOf(me.accountId)).toEqual(
      expect.arrayContaining(['mfh.accounts.member.invited.v1', 'mfh.accounts.member.joined.v1']),
    );
    const again = { token, name: 'Grace', password: 'Correct-Horse-7' };
    expect(refused(await accept(again))).toEqual([409, 'invitations.already_accepted']);
    expect(refused(await world.call('GET', `/invitations/${token}`))).toEqual([409, 'invitations.already_accepted']);
  });

  it('can be taken again by a new user whose sign-in failed after joining', async () => {
    const { token, userId } = await invited();
    const user = neighbourhood.users.get(userId);
    await accept({ token, name: 'Grace', password: 'Correct-Horse-7' });
    // As if identity had not answered: the user is still invited there.
    if (user !== undefined) neighbourhood.users.set(userId, user);
    expect((await accept({ token, name: 'Grace', password: 'Correct-Horse-7' })).status).toBe(200);
  });

  it('needs the consent of an existing user, with that address', async () => {
    const guest = await world.newOwner('Guest');
    const stranger = await world.newOwner('Stranger');
    const { token } = await invited(guest.email, 'admin');
    expect(refused(await accept({ token, name: 'x', password: 'Correct-Horse-7' }))).toEqual([
      401,
      'auth.unauthorized',
    ]);
    expect(refused(await accept({ token }, stranger.token))).toEqual([403, 'account.email_mismatch']);
    expect((await accept({ token }, 'no.good.token')).status).toBe(401);
    const { status, body } = await accept({ token }, guest.token);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ user: { user_id: guest.userId }, account: { account_id: me.accountId } });
    expect(neighbourhood.switched.at(-1)).toMatchObject({ account_id: me.accountId, role: 'admin' });
    expect((await world.call('GET', `/accounts/${me.accountId}`, guest.token)).status).toBe(200);
  });

  it('is accepted once, however often at the same time', async () => {
    const guest = await world.newOwner('Guest');
    const { token } = await invited(guest.email);
    const answers = await Promise.all(Array.from({ length: 6 }, () => accept({ token }, guest.token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
  });

  it('cannot be accepted beyond a plan that has become smaller', async () => {
    const guest = await world.newOwner('Guest');
    const { token } = await invited(guest.email);
    neighbourhood.maxTeam = 1;
    expect(refused(await accept({ token }, guest.token))).toEqual([403, 'billing.limit_reached']);
    neighbourhood.maxTeam = 2;
    expect((await accept({ token }, guest.token)).status).toBe(200);
  });

  it('is void after its week, on being read and by the sweep, and its place is free', async () => {
    const [read, swept] = [await invited(), await invited()];
    later(7 * DAY_MS - 60_000);
    expect((await world.call('GET', `/invitations/${read.token}`)).status).toBe(200);
    later(7 * DAY_MS + 1_000);
    expect(refused(await world.call('GET', `/invitations/${read.token}`))).toEqual([410, 'invitations.expired']);
    await world.running.app.get(InvitationsSweeper).sweep();
    expect(await members()).toHaveLength(1);
    const { body } = await world.call('GET', `${invitations()}?status=expired`, me.token);
    expect(body.data).toMatchObject({ total_count: 2 });
    for (const { token, id } of [read, swept]) {
      expect(refused(await accept({ token, name: 'x', password: 'Correct-Horse-7' }))).toEqual([
        410,
        'invitations.expired',
      ]);
      const resent = await world.call('POST', `${invitations()}/${id}/resend`, me.token);
      expect(refused(resent)).toEqual([409, 'invitations.transition_not_allowed']);
    }
    expect((await invite(read.email)).status).toBe(201);
  });

  it('gets a new link and a new week when it is sent again', async () => {
    const { email, id, token } = await invited();
    later(6 * DAY_MS);
    const { status, body } = await world.call('POST', `${invitations()}/${id}/resend`, me.token);
    expect([status, body.data?.['status']]).toEqual([200, 'pending']);
    const next = await world.tokenFor(email, 2);
    expect(refused(await world.call('GET', `/invitations/${token}`))).toEqual([404, 'invitations.not_found']);
    later(12 * DAY_MS);
    expect((await world.call('GET', `/invitations/${next}`)).status).toBe(200);
  });

  it('can be taken back while it is pending', async () => {
    const { id, token } = await invited();
    const path = `${invitations()}/${id}`;
    expect(await world.call('DELETE', path, me.token)).toMatchObject({
      status: 200,
      body: { data: { invitation_id: id, status: 'revoked', inviter: { name: 'Ada' } } },
    });
    expect(refused(await world.call('GET', `/invitations/${token}`))).toEqual([410, 'invitations.revoked']);
    for (const [method, end] of [
      ['DELETE', ''],
      ['POST', '/resend'],
    ] as const) {
      const again = await world.call(method, path + end, me.token);
      expect(refused(again)).toEqual([409, 'invitations.transition_not_allowed']);
    }
    expect(await members()).toHaveLength(1);
    const unknown = await world.call('DELETE', `${invitations()}/${newId('inv')}`, me.token);
    expect(refused(unknown)).toEqual([404, 'invitations.not_found']);
    expect((await world.call('GET', `${invitations()}?status=odd`, me.token)).status).toBe(422);
  });
});

describe('the team', () => {
  const change = (userId: string, role: string, by = me) =>
    world.call('PUT', `${team()}/${userId}`, by.token, { role });
  const remove = (userId: string, by = me) => world.call('DELETE', `${team()}/${userId}`, by.token);

  it('gives other roles, to invited ones too', async () => {
    const member = await world.memberOf(me.accountId, 'admin');
    expect(await change(member.userId, 'viewer')).toMatchObject({
      status: 200,
      body: { data: { user_id: member.userId, role: 'viewer' } },
    });
    await world.mailsTo(member.email, 'team_changed', 1);
    const { userId, token } = await invited();
    expect((await change(userId, 'admin')).status).toBe(200);
    await accept({ token, name: 'Grace', password: 'Correct-Horse-7' });
    expect(await members()).toMatchObject([{}, { role: 'viewer' }, { role: 'admin' }]);
  });

  it('removes members, and takes back invitations', async () => {
    const member = await world.memberOf(me.accountId, 'member');
    const { userId, token } = await invited();
    for (const id of [member.userId, userId]) {
      expect(await remove(id)).toMatchObject({ status: 200, body: { data: { user_id: id } } });
      expect(refused(await remove(id))).toEqual([404, 'memberships.not_found']);
    }
    expect(refused(await world.call('GET', `/accounts/${me.accountId}`, member.token))).toEqual([
      404,
      'accounts.not_found',
    ]);
    expect(refused(await world.call('GET', `/invitations/${token}`))).toEqual([410, 'invitations.revoked']);
    expect((await invite(member.email)).status).toBe(201);
  });

  it('keeps its rules about owner, self and strangers', async () => {
    const admin = await world.memberOf(me.accountId, 'admin');
    const stranger = await world.newOwner('Stranger');
    expect(refused(await change(me.userId, 'admin', admin))).toEqual([403, 'account.owner_fixed']);
    expect(refused(await remove(me.userId, admin))).toEqual([403, 'account.owner_fixed']);
    expect(refused(await change(admin.userId, 'viewer', admin))).toEqual([403, 'account.own_role']);
    expect(refused(await remove(admin.userId, admin))).toEqual([400, 'account.own_membership']);
    expect(refused(await change(stranger.userId, 'viewer'))).toEqual([404, 'memberships.not_found']);
    expect(refused(await remove(stranger.userId))).toEqual([404, 'memberships.not_found']);
    expect(refused(await change(admin.userId, 'viewer', stranger))).toEqual([404, 'accounts.not_found']);
    expect((await change(admin.userId, 'owner')).status).toBe(400);
  });
});
