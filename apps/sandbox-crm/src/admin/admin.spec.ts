import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxForTest, type SandboxForTest } from '../testing/sandbox-client.js';

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.admin('POST', '/reset', { seed: 1, contacts: 30 }));

const tag = (id: string) => sandbox.keap('POST', '/tags/199/contacts:applyTags', { body: { contact_ids: [id] } });

describe('the admin routes', () => {
  it.each(['/_admin/effects', '/_admin/requests', '/_admin/faults', '/_admin/contacts/1001'])(
    'refuse %s without the secret',
    async (path) => {
      expect((await sandbox.request('GET', path)).status).toBe(401);
      const wrong = { 'x-sandbox-admin': 'guess' };
      expect((await sandbox.request('GET', path, { headers: wrong })).status).toBe(401);
    },
  );

  it('read the effects by contact, by operation and from where a reader stopped', async () => {
    for (const id of ['1001', '1002', '1001']) await tag(id);
    const all = (await sandbox.admin('GET', '/effects')).body['effects'] as { seq: number; at: string }[];
    expect(all).toHaveLength(3);
    expect((await sandbox.admin('GET', '/effects?contact_id=&operation=')).body['effects']).toEqual(all);
    expect(Date.parse(all[0]?.at ?? '')).not.toBeNaN();
    const ofOne = (await sandbox.admin('GET', '/effects?contact_id=1001&operation=ApplyTag')).body;
    expect(ofOne['effects']).toHaveLength(2);
    const first = (await sandbox.admin('GET', '/effects?limit=2')).body;
    expect(first).toMatchObject({ effects: [{}, {}], next: all[1]?.seq });
    const rest = (await sandbox.admin('GET', `/effects?after=${String(first['next'])}`)).body;
    expect(rest).toMatchObject({ effects: [{ seq: all[2]?.seq }], next: null });
    expect((await sandbox.admin('DELETE', '/effects')).status).toBe(204);
    expect((await sandbox.admin('GET', '/effects')).body).toEqual({ effects: [], next: null });
  });

  it('count the requests by operation, with their times, trace ids and outcomes', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await sandbox.keap('GET', '/contacts/1001', { headers: { traceparent } });
    await sandbox.keap('GET', '/contacts/4');
    await tag('1001');
    const { body } = await sandbox.admin('GET', '/requests?operation=GetContact');
    expect(body).toMatchObject({ total: 3, by_operation: { GetContact: 2, ApplyTag: 1 }, token_refreshes: 0 });
    expect(body['requests']).toMatchObject([
      { status: 200, connection: 'demo', trace_id: '0af7651916cd43dd8448eb211c80319c' },
      { status: 404, path: '/keap/crm/rest/v2/contacts/4' },
    ]);
  });

  it('show a contact whole, in words of no vendor', async () => {
    await tag('1001');
    const { body } = await sandbox.admin('GET', '/contacts/1001');
    expect(body).toMatchObject({
      id: '1001',
      first_name: 'Ada',
      last_name: 'Marsh',
      email: 'ada.marsh.1001@example.com',
    });
    expect(body['tags']).toContainEqual(expect.objectContaining({ id: '199', name: 'Tried the demo' }));
    expect(body['custom_fields_by_label']).toHaveProperty('Score');
    expect((await sandbox.admin('GET', '/contacts/9')).status).toBe(404);
  });

  it('reset everything to a seed', async () => {
    const before = (await sandbox.admin('GET', '/contacts/1001')).body;
    await tag('1001');
    await sandbox.keap('DELETE', '/contacts/1002');
    await sandbox.admin('PUT', '/faults', { rules: [{ match: {}, status: 500 }] });
    expect((await sandbox.admin('POST', '/reset')).body).toEqual({ seed: 1, contacts: 30 });
    expect((await sandbox.admin('GET', '/contacts/1001')).body).toEqual(before);
    expect((await sandbox.keap('GET', '/contacts/1002')).status).toBe(200);
    expect((await sandbox.admin('GET', '/effects')).body['effects']).toEqual([]);
    expect((await sandbox.admin('POST', '/reset', { contacts: -1 })).status).toBe(400);
  });

  it('reset to 100,000 contacts within seconds', async () => {
    const started = performance.now();
    expect((await sandbox.admin('POST', '/reset', { seed: 2, contacts: 100_000 })).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect((await sandbox.keap('GET', '/contacts/101000')).status).toBe(200);
  });
});

describe('the page and the health routes', () => {
  it('tell a person how to begin, with everything escaped', async () => {
    const body = { user_id: '1', text: '<script>alert(1)</script>' };
    await sandbox.keap('POST', '/contacts/1001/notes', { body });
    const { body: html } = await sandbox.request('GET', '/');
    expect(html['text']).toContain('sandbox-demo-key');
    expect(html['text']).toContain('Ada Marsh');
    expect(html['text']).not.toContain('<script>');
    expect((await sandbox.request('GET', '/livez')).status).toBe(200);
    expect((await sandbox.request('GET', '/readyz')).status).toBe(200);
  });
});
