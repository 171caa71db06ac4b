import '../testing/environment.js';
import { neighbourhood } from '../testing/neighbours.js';
import { TeamWorld, type Member, type Reply } from '../testing/team-world.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ERASING_SERVICES, events, newId, questions, scopeOf } from '#contracts';
import { EventPublisher, Questions } from '#messaging';
import { waitFor } from '#testing';
import { Clock } from '../clock.js';
import { DueErasures } from '../erase-accounts/due-erasures.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { Erasures } from '../persistence/erasures.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const password = 'Correct-Horse-7';

let world: TeamWorld;
let me: Member;

beforeAll(async () => {
  world = await TeamWorld.start();
});
beforeEach(async () => {
  later(0);
  neighbourhood.plan = 'deliver';
  me = await world.newOwner('Ada');
});
afterAll(() => world.stop());

const later = (ms: number) => {
  world.running.app.get(Clock).now = () => new Date(Date.now() + ms);
};
const refused = ({ status, body }: Reply) => [status, body.code];
const path = (end = '') => `/accounts/${me.accountId}${end}`;
const close = (body: object = {}, token = me.token) =>
  world.call('DELETE', path(), token, { password, confirm: 'Ada Ltd', ...body });
const restore = (token = me.token) => world.call('POST', path('/restore'), token);
const erasure = () => world.running.app.get(Erasures).findOne(scopeOf(me.accountId), {});
const round = () => world.running.app.get(DueErasures).round();

describe('deleting an account', () => {
  it('needs the owner, the password and the name', async () => {
    const admin = await world.memberOf(me.accountId, 'admin');
    expect(refused(await close({}, admin.token))).toEqual([403, 'account.permission_denied']);
    expect(refused(await close({ password: 'Wrong' }))).toEqual([401, 'auth.invalid_credentials']);
    expect(refused(await close({ confirm: 'Another' }))).toEqual([422, 'accounts.name_mismatch']);
    expect((await world.call('DELETE', path(), me.token, { password })).status).toBe(422);
    expect((await world.call('GET', path(), me.token)).body.data).toMatchObject({ status: 'active' });
  });

  it('shuts everybody out but the owner, who can take it back', async () => {
    const admin = await world.memberOf(me.accountId, 'admin');
    const { status, body } = await close();
    expect(status).toBe(202);
    expect(body.data).toEqual({ account_id: me.accountId, status: 'closing', erase_at: expect.any(String) });
    expect(Date.parse(String(body.data?.['erase_at'])) - Date.now()).toBeGreaterThan(29.9 * DAY_MS);
    await world.mailsTo(me.email, 'account_deletion_scheduled', 1);
    expect(refused(await world.call('GET', path(), admin.token))).toEqual([404, 'accounts.not_found']);
    const asked = { user_id: admin.userId, account_id: me.accountId };
    await expect(world.running.app.get(Questions).ask(questions.getMembership, asked)).rejects.toMatchObject({
      code: 'account.no_membership',
    });
    expect(refused(await close())).toEqual([409, 'accounts.transition_not_allowed']);
    later(29 * DAY_MS);
    await round();
    const restored = await restore();
    expect([restored.status, restored.body.data]).toMatchObject([200, { status: 'active' }]);
    expect(restored.body.data).not.toHaveProperty('erase_at');
    expect((await world.call('GET', path(), admin.token)).status).toBe(200);
    expect(refused(await restore())).toEqual([409, 'accounts.not_closing']);
    expect(await world.eventsOf(me.accountId)).toEqual(
      expect.arrayContaining(['mfh.accounts.account.closed.v1', 'mfh.accounts.account.restored.v1']),
    );
  });

  it('waits for the accounts below', async () => {
    const made = await world.call('POST', path('/sub-accounts'), me.token, { name: 'Below' });
    expect(refused(await close())).toEqual([409, 'accounts.has_sub_accounts']);
    const below = `/accounts/${String(made.body.data?.['account_id'])}`;
    expect((await world.call('DELETE', below, me.token, { password, confirm: 'Below' })).status).toBe(202);
    expect((await close()).status).toBe(202);
  });
});

describe('the erasure', () => {
  const report = (service: string, erasureId: string, reportId = newId('ers')) =>
    world.running.app.get(EventPublisher).publish(events.accountErasureReported, {
      subject: me.accountId,
      accountId: me.accountId,
      data: {
        report_id: reportId,
        erasure_id: erasureId,
        account_id: me.accountId,
        service,
        erased: { rows: 2 },
        kept: {},
      },
    });
  const others = ERASING_SERVICES.filter((service) => service !== 'accounts');

  it('begins after the grace, once, and ends when every service has reported', async () => {
    const guest = await world.memberOf(me.accountId, 'member');
    const { body } = await world.call('POST', path('/team'), me.token, { email: `only${Date.now()}@example.test` });
    await close();
    later(30 * DAY_MS + 1_000);
    expect(refused(await restore())).toEqual([409, 'accounts.not_closing']);
    await Promise.all([round(), round()]);
    const begun = await erasure();
    expect(begun?.user_ids.toSorted()).toEqual([me.userId, body.data?.['user_id']].toSorted());
    expect(refused(await world.call('GET', path(), me.token))).toEqual([404, 'accounts.not_found']);
    await waitFor(async () => (await erasure())?.reports.length === 1, { what: 'what accounts itself erased' });
    expect((await erasure())?.reports[0]).toMatchObject({
      service: 'accounts',
      erased: { 'user-accounts': 3, invitations: 1 },
      kept: { erasures: expect.any(String) },
    });
    const id = begun?._id ?? '';
    const repeated = newId('ers');
    await report('gateway', id, repeated);
    await report('gateway', id, repeated);
    for (const service of others.slice(1, -1)) await report(service, id);
    await waitFor(async () => (await erasure())?.reports.length === others.length, { what: 'all reports but one' });
    expect((await erasure())?.completed_at).toBeUndefined();
    later(31 * DAY_MS);
    await round();
    expect((await erasure())?.asked_at.getTime()).toBeGreaterThan(Date.now() + 30.5 * DAY_MS);
    await report(others.at(-1) ?? '', id);
    const done = await waitFor(async () => {
      const now = await erasure();
      return now?.completed_at !== undefined && now;
    });
    expect(done).not.toHaveProperty('to_tell');
    const scope = scopeOf(me.accountId);
    expect(await world.running.app.get(Accounts).find(scope, me.accountId)).toBeNull();
    expect(await world.running.app.get(Memberships).list(scope)).toEqual([]);
    expect(await world.running.app.get(Memberships).ofUser(guest.userId)).toHaveLength(1);
    await world.mailsTo(me.email, 'account_erased', 1);
    await waitFor(async () => (await world.eventsOf(me.accountId)).includes('mfh.accounts.account.erased.v1'));
    expect((await world.eventsOf(me.accountId)).filter((type) => type.includes('erasure_due'))).toHaveLength(2);
  });
});
