import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { effectsOf, sandboxForTest, type SandboxForTest } from '../../testing/sandbox-client.js';

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.admin('POST', '/reset'));

describe('tags', () => {
  it('are applied and removed per contact, with the outcome of each', async () => {
    const body = { contact_ids: ['1001', '77'] };
    const first = await sandbox.keap('POST', '/tags/199/contacts:applyTags', { body });
    expect(first).toMatchObject({ status: 200, body: { results: { 1001: 'SUCCESS', 77: 'CONTACT_DOES_NOT_EXIST' } } });
    const again = await sandbox.keap('POST', '/tags/199/contacts:applyTags', { body });
    expect(again.body).toMatchObject({ results: { 1001: 'ALREADY_APPLIED' } });
    expect((await sandbox.keap('GET', '/contacts/1001?fields=tag_ids')).body['tag_ids']).toContain('199');
    expect((await sandbox.keap('GET', '/tags/199/contacts')).body['contacts']).toMatchObject([{ id: '1001' }]);
    expect((await sandbox.keap('POST', '/tags/199/contacts%3AremoveTags', { body })).status).toBe(204);
    expect((await sandbox.keap('GET', '/tags/199/contacts')).body['contacts']).toEqual([]);
    expect(await effectsOf(sandbox, '?operation=RemoveTag')).toEqual([
      {
        operation: 'RemoveTag',
        contact_id: '1001',
        args: { tag_id: '199', tag_name: 'Tried the demo', result: 'SUCCESS' },
      },
    ]);
  });

  it('are unknown, made once per name, and gone from contacts when deleted', async () => {
    const body = { contact_ids: ['1001'] };
    expect((await sandbox.keap('POST', '/tags/5/contacts:applyTags', { body })).status).toBe(404);
    const made = await sandbox.keap('POST', '/tags', { body: { name: 'Fresh', category: { id: '10' } } });
    expect(made).toMatchObject({ status: 201, body: { name: 'Fresh', category: { id: '10' } } });
    expect((await sandbox.keap('POST', '/tags', { body: { name: 'fresh' } })).status).toBe(409);
    const id = String(made.body['id']);
    await sandbox.keap('POST', `/tags/${id}/contacts:applyTags`, { body });
    expect((await sandbox.keap('DELETE', `/tags/${id}`)).status).toBe(204);
    expect((await sandbox.keap('GET', '/contacts/1001?fields=tag_ids')).body['tag_ids']).not.toContain(id);
  });
});

describe('notes', () => {
  it('are created every time, listed, and logged with their text', async () => {
    const body = { user_id: '1', title: 'Hello', text: 'World', type: 'Call' };
    const made = await sandbox.keap('POST', '/contacts/1003/notes', { body, headers: { 'idempotency-key': 'k1' } });
    await sandbox.keap('POST', '/contacts/1003/notes', { body });
    expect(made).toMatchObject({ status: 201, body: { contact_id: '1003', title: 'Hello', type: 'Call' } });
    const { body: list } = await sandbox.keap('GET', '/contacts/1003/notes?filter=title%3D%3DHello');
    expect(list['notes']).toHaveLength(2);
    const { body: log } = await sandbox.admin('GET', '/effects?operation=CreateNote&contact_id=1003');
    expect(log['effects']).toMatchObject([
      { dialect: 'keap', args: { title: 'Hello', text: 'World' }, idempotency_key: 'k1' },
      { contact_id: '1003' },
    ]);
  });

  it('need a user that exists; the subject of userinfo is one', async () => {
    const add = (user_id: unknown, token?: string) =>
      sandbox.keap('POST', '/contacts/1003/notes', {
        body: { user_id, text: 'x' },
        ...(token === undefined ? {} : { token }),
      });
    expect((await add(undefined)).status).toBe(400);
    expect((await add('4711')).status).toBe(400);
    const { body } = await sandbox.keap('GET', '/oauth/connect/userinfo', { token: 'sandbox-key-second' });
    expect((await add(body['id'], 'sandbox-key-second')).status).toBe(201);
  });
});

describe('automations', () => {
  it('take contacts into a sequence once, under both names', async () => {
    const add = async (path: string, ids: string[]) =>
      (await sandbox.keap('POST', path, { body: { contact_ids: ids } })).body;
    expect(await add('/campaigns/301/sequences/1:addContacts', ['1001', '9'])).toEqual({
      add_to_sequence_results: { 1001: 'SUCCESS', 9: 'CONTACT_DOES_NOT_EXIST' },
    });
    expect(await add('/automations/301/sequences/1:addContacts', ['1001'])).toEqual({
      add_to_automation_sequence_results: { 1001: 'ALREADY_IN_SEQUENCE' },
    });
    expect(await add('/campaigns/304/sequences/1:addContacts', ['1001'])).toEqual({
      add_to_sequence_results: { 1001: 'FAILED' },
    });
    expect(await add('/campaigns/301/sequences/1:removeContacts', ['1001'])).toEqual({
      remove_from_sequence_results: { 1001: 'SUCCESS' },
    });
    const wrong = await sandbox.keap('POST', '/campaigns/301/sequences/7:addContacts', {
      body: { contact_ids: ['1001'] },
    });
    expect(wrong.status).toBe(404);
  });

  it('achieve a goal by call name or by id, and fail inside a 200 when nobody listens', async () => {
    const achieve = (body: Record<string, unknown>) => sandbox.keap('POST', '/automations/goals/achieve', { body });
    const any = { contact_id: 1001, integration: 'myfusionhelper', call_name: 'anything' };
    expect((await achieve(any)).body).toMatchObject({ results: [{ success: true, automation_id: 303 }] });
    const byId = { contact_id: 1001, automation_id: 301, goal_id: 11 };
    expect((await achieve(byId)).body).toMatchObject({ results: [{ success: true, goal_id: 11 }] });
    const nobody = { contact_id: 1001, integration: 'elsewhere', call_name: 'x' };
    expect(await achieve(nobody)).toMatchObject({ status: 200, body: { results: [{ success: false }] } });
    expect((await achieve({ ...any, contact_id: 4 })).status).toBe(404);
    expect((await achieve({ ...any, contact_id: '1001' })).status).toBe(400);
    expect((await achieve({ contact_id: 1001 })).status).toBe(400);
    expect((await effectsOf(sandbox)).map(({ operation }) => operation)).toEqual(['AchieveGoal', 'AchieveGoal']);
  });
});

describe('e-mail status', () => {
  const set = (address: string, opted_in: boolean) =>
    sandbox.keap('PATCH', `/emailAddresses/${encodeURIComponent(address)}/status`, {
      body: { opted_in, reason: 'asked for it' },
    });

  it('moves between opted in and opted out, and shows at the contact', async () => {
    const address = 'ada.marsh.1001@example.com';
    expect((await set(address, false)).body).toMatchObject({ opted_in: false, status: 'MANUAL' });
    const { body } = await sandbox.keap('GET', '/contacts/1001?fields=email_addresses');
    expect(body['email_addresses']).toMatchObject([{ email_opt_status: 'MANUAL', is_opt_in: false }]);
    expect((await set(address, true)).body).toMatchObject({ opted_in: true, status: 'SINGLE_OPT_IN' });
    expect((await effectsOf(sandbox)).map(({ operation }) => operation)).toEqual(['SetOptInStatus', 'SetOptInStatus']);
  });

  it('keeps what a recipient decided, with a 200, and does not know strangers', async () => {
    const address = 'left+unsubscribed@example.com';
    await sandbox.keap('POST', '/contacts', { body: { email_addresses: [{ email: address }] } });
    expect(await set(address, true)).toMatchObject({
      status: 200,
      body: { opted_in: false, status: 'LIST_UNSUBSCRIBE' },
    });
    expect((await set('stranger@example.com', true)).status).toBe(404);
  });
});

describe('orders and opportunities', () => {
  it('are read by contact, oldest order first, with amounts in the smallest unit', async () => {
    const { body } = await sandbox.keap('GET', '/orders?filter=contact_id%3D%3D1001&order_by=order_time%20asc');
    const orders = body['orders'] as { id: string; order_time: string; total: { amount: number } }[];
    expect(orders).toHaveLength(3);
    expect(orders.map(({ order_time }) => order_time)).toEqual(orders.map(({ order_time }) => order_time).toSorted());
    for (const { total } of orders) expect(Number.isInteger(total.amount)).toBe(true);
    const all = await sandbox.keap('GET', '/orders?page_size=1000');
    expect((all.body['orders'] as unknown[]).length).toBeGreaterThan(3);
  });

  it('move to another stage by its id', async () => {
    const { body } = await sandbox.keap('GET', '/opportunities?filter=contact_id%3D%3D1001');
    const [lead] = body['opportunities'] as { id: string }[];
    const path = `/opportunities/${lead?.id}?update_mask=stage_id`;
    const moved = await sandbox.keap('PATCH', path, { body: { stage_id: '5' } });
    expect(moved).toMatchObject({ status: 200, body: { stage: { id: '5', name: 'Won' } } });
    expect((await sandbox.keap('PATCH', path, { body: { stage_id: '99' } })).status).toBe(400);
    expect(await effectsOf(sandbox)).toMatchObject([
      { operation: 'UpdateRelated', contact_id: '1001', args: { kind: 'lead', stage_id: '5' } },
    ]);
  });
});
