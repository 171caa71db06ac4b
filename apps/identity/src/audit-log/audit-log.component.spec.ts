import { environment, PASSWORD, startIdentity } from '../testing/identity-under-test.js';
import type { Client, Failure, SignedInBody } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditLog, auditedCaller, SYSTEM_ACTOR, type AuditedFact } from '#audit';
import { UnitOfWork } from '#persistence';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';
import { startBeside } from '../testing/identity-under-test.js';

interface AuditPage {
  events: { event_id: string; type: string; at: string; ip: string | null; [field: string]: unknown }[];
  page_info: { next_cursor: string | null; has_more: boolean; page_size: number };
}

describe('the audit log', () => {
  let identity: Client;
  let beside: Client;
  let owner: SignedInBody;

  beforeAll(async () => {
    process.env['MFH_LIMITS'] = 'lifted';
    identity = await startIdentity();
    beside = await startBeside(accounts);
    owner = await identity.newcomer();
  });
  afterAll(async () => {
    await beside.running.stop();
    await identity.running.stop();
    await environment.dispose();
  });

  const record = (fact: Partial<AuditedFact> = {}): Promise<string> =>
    identity.running.app.get(UnitOfWork).run((session) =>
      identity.running.app.get(AuditLog).record(session, {
        ...auditedCaller({ actor: { kind: 'user', userId: owner.user.user_id }, ip: '198.51.100.7' }),
        type: 'suite.thing.changed',
        accountId: owner.account.account_id,
        target: { kind: 'thing', id: 'thing_1' },
        data: { from: 'old', to: 'new', times: 2 },
        ...fact,
      }),
    );
  const read = async (query = '', token = owner.token) =>
    (await identity.get<AuditPage>(`/audit?type=suite.thing.changed${query}`, token)).body;
  const arrived = (id: string) =>
    waitFor(async () => (await read('&limit=200')).events.find(({ event_id }) => event_id === id), {
      what: 'the entry to be collected',
    });

  it('shows who did what, from where and to what', async () => {
    const id = await record();
    expect(await arrived(id)).toEqual({
      event_id: id,
      type: 'suite.thing.changed',
      actor: { kind: 'user', id: owner.user.user_id },
      ip: '198.51.100.7',
      at: expect.any(String),
      target: { kind: 'thing', id: 'thing_1' },
      data: { from: 'old', to: 'new', times: 2 },
    });
  });

  it('tells of sign-ins with their address, and of what happened to a person', async () => {
    const person = await identity.newcomer();
    const change = { current_password: PASSWORD, new_password: 'Other-Horse-8' };
    expect((await identity.put('/auth/password', change, person.token)).status).toBe(200);
    const email = person.user.email;
    const again = await identity.post<SignedInBody>(
      '/auth/login',
      { email, password: change.new_password },
      { ip: '203.0.113.9' },
    );
    const all = async () => (await identity.get<AuditPage>('/audit?limit=200', again.body.token)).body.events;
    const changed = await waitFor(async () =>
      (await all()).find(({ type }) => type === 'identity.user.password_changed'),
    );
    expect(changed).toMatchObject({ actor: { kind: 'user', id: person.user.user_id } });
    const opened = await waitFor(async () => {
      const sessions = (await all()).filter(({ type }) => type === 'identity.session.opened');
      return sessions.length === 2 && sessions;
    });
    expect(opened[0]).toMatchObject({
      ip: '203.0.113.9',
      target: { kind: 'session' },
      data: { device: expect.any(String) },
    });
  });

  it('knows nothing of what was rolled back', async () => {
    const { app } = identity.running;
    let lost = '';
    const failing = app.get(UnitOfWork).run(async (session) => {
      lost = await app.get(AuditLog).record(session, {
        by: SYSTEM_ACTOR,
        type: 'suite.thing.changed',
        accountId: owner.account.account_id,
      });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await arrived(await record());
    expect((await read('&limit=200')).events.map(({ event_id }) => event_id)).not.toContain(lost);
  });

  it.each(['password', 'new_password', 'refresh_token', 'token_hash', 'code', 'api_key', 'client_secret'])(
    'refuses a field %s',
    async (field) => {
      await expect(record({ data: { [field]: 'x' } })).rejects.toThrow('belongs into no audit entry');
    },
  );

  it('pages newest first, filters, and binds cursors to the filter', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift(await record({ by: { kind: 'api_key', id: 'apikey:suite' } }));
    for (const id of ids) await arrived(id);
    const filter = '&actor=apikey%3Asuite';
    const first = await read(`${filter}&limit=3`);
    expect(first.events.map(({ event_id }) => event_id)).toEqual(ids.slice(0, 3));
    expect(first.page_info).toEqual({ next_cursor: expect.any(String), has_more: true, page_size: 3 });
    const cursor = `&cursor=${first.page_info.next_cursor ?? ''}`;
    const second = await read(`${filter}&limit=3${cursor}`);
    expect(second.events.map(({ event_id }) => event_id)).toEqual(ids.slice(3));
    expect(second.page_info).toMatchObject({ next_cursor: null, has_more: false });
    const elsewhere = await identity.get<Failure>(`/audit?limit=3${cursor}`, owner.token);
    expect(elsewhere).toMatchObject({ status: 400, body: { code: 'request.invalid_query_parameter' } });
    const newest = first.events[0]?.at ?? '';
    expect((await read(`${filter}&to=${newest}`)).events.map(({ at }) => at)).not.toContain(newest);
    expect((await read(`&from=2999-01-01T00:00:00Z`)).events).toEqual([]);
  });

  it('shows no account the entries of another, and refuses what it does not understand', async () => {
    const other = await identity.newcomer();
    expect((await read('', other.token)).events).toEqual([]);
    for (const query of ['from=yesterday', 'limit=0', 'limit=201', 'order_by=data', 'colour=red']) {
      expect([query, (await identity.get(`/audit?${query}`, owner.token)).status]).toEqual([query, 422]);
    }
    expect(await identity.get<Failure>('/audit?cursor=forged', owner.token)).toMatchObject({
      status: 400,
      body: { code: 'request.invalid_query_parameter' },
    });
  });
});
