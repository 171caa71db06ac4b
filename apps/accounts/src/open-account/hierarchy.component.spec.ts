import '../testing/environment.js';
import { neighbourhood, tokenFor } from '../testing/neighbours.js';
import { TeamWorld, type Member, type Reply } from '../testing/team-world.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { questions } from '#contracts';
import { Questions } from '#messaging';

let world: TeamWorld;
let me: Member;

beforeAll(async () => {
  world = await TeamWorld.start();
});
beforeEach(async () => {
  neighbourhood.plan = 'deliver';
  me = await world.newOwner('Ada');
});
afterAll(() => world.stop());

const refused = ({ status, body }: Reply) => [status, body.code];
const post = (path: string, body: object, token = me.token) => world.call('POST', path, token, body);
const below = (accountId: string, name = 'Below', token = me.token) =>
  post(`/accounts/${accountId}/sub-accounts`, { name }, token);
const idOf = ({ body }: Reply): string => String(body.data?.['account_id']);

describe('accounts', () => {
  it('are opened by whoever has one, and owned by them', async () => {
    const { status, body } = await post('/accounts', { name: 'Second', company: 'Second Ltd' });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ name: 'Second', owner_user_id: me.userId, plan: 'free' });
    expect(body.data).not.toHaveProperty('parent_account_id');
    const { data } = (await world.call('GET', '/accounts', me.token)).body;
    expect(data).toMatchObject({ total_count: 2, accounts: [{ name: 'Ada Ltd' }, { name: 'Second' }] });
    expect((await post('/accounts', { name: ' ' })).status).toBe(422);
    expect((await post('/accounts', { name: 'x', owner_user_id: 'user:other' })).status).toBe(422);
  });

  it('lie below one another, five levels deep', async () => {
    const ids = [me.accountId];
    for (let level = 1; level <= 5; level += 1) {
      const made = await below(ids.at(-1) ?? '', `Level ${level}`);
      ids.push(idOf(made));
      expect([made.status, made.body.data]).toMatchObject([
        201,
        { level, parent_account_id: ids.at(-2), account_path: ids.map((id) => `/${id}`).join('') },
      ]);
    }
    expect(refused(await below(ids.at(-1) ?? ''))).toEqual([409, 'accounts.too_deep']);
    const sibling = idOf(await below(me.accountId, 'Sibling'));
    const { body } = await world.call('GET', `/accounts/${me.accountId}/hierarchy`, me.token);
    expect(body.data).toMatchObject({
      account_id: me.accountId,
      level: 0,
      children: [
        { account_id: ids[1], level: 1, children: [{ account_id: ids[2], level: 2 }] },
        { account_id: sibling, name: 'Sibling', children: [] },
      ],
    });
  });

  it('below count against the plan of the root, exactly', async () => {
    neighbourhood.plan = 'grow';
    const first = idOf(await below(me.accountId));
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => below(n % 2 ? first : me.accountId)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    expect(answers.find(({ status }) => status === 403)?.body).toMatchObject({
      code: 'billing.limit_reached',
      data: { limit: 5, used: 5, plan: 'grow' },
    });
    neighbourhood.plan = 'free';
    expect(refused(await below((await world.newOwner()).accountId))).toEqual([404, 'accounts.not_found']);
  });

  it('inherit the roles of those above, never of those below or beside', async () => {
    const child = idOf(await below(me.accountId, 'Child'));
    const other = idOf(await below(me.accountId, 'Other'));
    const viewer = await world.memberOf(me.accountId, 'viewer');
    const admin = await world.memberOf(child, 'admin');
    expect((await world.call('GET', `/accounts/${child}`, viewer.token)).status).toBe(200);
    expect((await world.call('PUT', `/accounts/${child}`, viewer.token, { name: 'x' })).status).toBe(403);
    expect((await world.call('GET', `/accounts/${me.accountId}`, admin.token)).status).toBe(404);
    expect((await world.call('GET', `/accounts/${other}`, admin.token)).status).toBe(404);
    expect(refused(await below(child, 'x', admin.token))).toEqual([403, 'account.permission_denied']);
    const { body } = await world.call('GET', '/accounts', viewer.token);
    expect(body.data).toMatchObject({ total_count: 4 });
    const membership = await world.running.app
      .get(Questions)
      .ask(questions.getMembership, { user_id: viewer.userId, account_id: child });
    expect(membership).toMatchObject({ role: 'viewer', status: 'active' });
    const switched = await post('/accounts/switch', { account_id: child }, viewer.token);
    expect(switched.status).toBe(200);
    expect(neighbourhood.switched.at(-1)).toMatchObject({ account_id: child, role: 'viewer' });
  });
});

describe('ownership', () => {
  const transfer = (body: object, token = me.token) => post(`/accounts/${me.accountId}/transfer`, body, token);
  const password = 'Correct-Horse-7';

  it('goes to another member after the password; the former owner stays as admin', async () => {
    const heir = await world.memberOf(me.accountId, 'member');
    const wrong = await transfer({ user_id: heir.userId, password: 'Wrong-Horse-7' });
    expect(refused(wrong)).toEqual([401, 'auth.invalid_credentials']);
    const { status, body } = await transfer({ user_id: heir.userId, password });
    expect([status, body.data]).toMatchObject([200, { owner_user_id: heir.userId }]);
    const { data } = (await world.call('GET', `/accounts/${me.accountId}/team`, me.token)).body;
    expect(data?.['members']).toMatchObject([
      { user_id: me.userId, role: 'admin', status: 'active' },
      { user_id: heir.userId, role: 'Owner', status: 'Active' },
    ]);
    await world.mailsTo(me.email, 'ownership_transferred', 1);
    await world.mailsTo(heir.email, 'ownership_transferred', 1);
    expect(refused(await transfer({ user_id: heir.userId, password }))).toEqual([403, 'account.permission_denied']);
    expect((await world.eventsOf(me.accountId)).filter((type) => type.includes('role_changed'))).toHaveLength(2);
  });

  it('goes only to active members, and only by the owner', async () => {
    const admin = await world.memberOf(me.accountId, 'admin');
    const stranger = await world.newOwner();
    const invitation = { email: 'heir@example.test' };
    const invited = String((await post(`/accounts/${me.accountId}/team`, invitation)).body.data?.['user_id']);
    for (const user_id of [stranger.userId, invited]) {
      expect(refused(await transfer({ user_id, password }))).toEqual([404, 'memberships.not_found']);
    }
    expect(refused(await transfer({ user_id: me.userId, password }))).toEqual([409, 'account.already_owner']);
    const byAdmin = await transfer({ user_id: admin.userId, password }, admin.token);
    expect(refused(byAdmin)).toEqual([403, 'account.permission_denied']);
    expect((await transfer({ user_id: admin.userId })).status).toBe(422);
    const unverified = await world.memberOf(me.accountId, 'admin');
    neighbourhood.users.set(unverified.userId, { email: unverified.email, name: '', email_verified: false });
    const early = await transfer({ user_id: unverified.userId, password });
    expect(refused(early)).toEqual([403, 'account.email_not_verified']);
    const acting = await tokenFor(stranger.userId, me.accountId, 'owner');
    expect(refused(await transfer({ user_id: admin.userId, password }, acting))).toEqual([404, 'accounts.not_found']);
  });

  it('changes hands once under parallel transfers', async () => {
    const heirs = await Promise.all([world.memberOf(me.accountId, 'admin'), world.memberOf(me.accountId, 'admin')]);
    const answers = await Promise.all(heirs.map(({ userId }) => transfer({ user_id: userId, password })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { data } = (await world.call('GET', `/accounts/${me.accountId}/team`, me.token)).body;
    const roles = (data?.['members'] ?? []) as { role: string }[];
    expect(roles.filter(({ role }) => role === 'Owner')).toHaveLength(1);
  });
});
