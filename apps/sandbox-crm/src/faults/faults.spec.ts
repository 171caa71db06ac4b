import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { effectsOf, sandboxForTest, type SandboxForTest } from '../testing/sandbox-client.js';

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.admin('POST', '/reset'));

const plan = (...rules: unknown[]) => sandbox.admin('PUT', '/faults', { rules });
const read = (id = '1001') => sandbox.keap('GET', `/contacts/${id}`);
const note = (id = '1001') => sandbox.keap('POST', `/contacts/${id}/notes`, { body: { user_id: '1', text: 'x' } });

describe('a planned fault', () => {
  it('answers as told, as often as told, without doing the work', async () => {
    await plan({
      id: 'slow-down',
      match: { method: 'POST', path: '/contacts/*/notes' },
      times: 2,
      status: 429,
      headers: { 'retry-after': '3' },
    });
    const first = await note();
    expect(first).toMatchObject({ status: 429, body: { fault: { faultstring: expect.any(String) } } });
    expect(first.headers.get('retry-after')).toBe('3');
    expect((await read()).status).toBe(200);
    expect((await note('1002')).status).toBe(429);
    expect((await note()).status).toBe(201);
    expect(await effectsOf(sandbox)).toHaveLength(1);
    const { body } = await sandbox.admin('GET', '/faults');
    expect(body['rules']).toMatchObject([{ id: 'slow-down', times: 0 }]);
  });

  it('hits one contact only, wherever the request names it', async () => {
    await plan({ match: { contact_id: '1002' }, status: 500 });
    expect((await read('1001')).status).toBe(200);
    expect((await read('1002')).status).toBe(500);
    const tag = (id: string) => sandbox.keap('POST', '/tags/199/contacts:applyTags', { body: { contact_ids: [id] } });
    expect([(await tag('1001')).status, (await tag('1002')).status]).toEqual([200, 500]);
    const goal = { contact_id: 1002, integration: 'myfusionhelper', call_name: 'x' };
    expect((await sandbox.keap('POST', '/automations/goals/achieve', { body: goal })).status).toBe(500);
  });

  it('sends text as it is, so that an answer can be broken JSON', async () => {
    await plan({ match: { path: '/keap/crm/rest/v2/contacts/1001' }, times: 1, status: 200, body: '{"id": "10' });
    await expect(read()).rejects.toThrow(SyntaxError);
    expect((await read()).status).toBe(200);
  });

  it('closes the socket before the work or after it', async () => {
    await plan({ match: { method: 'POST' }, times: 1, drop: 'before' });
    await expect(note()).rejects.toThrow('fetch failed');
    expect(await effectsOf(sandbox)).toEqual([]);
    await plan({ match: { method: 'POST' }, times: 1, drop: 'after' });
    await expect(note()).rejects.toThrow('fetch failed');
    expect(await effectsOf(sandbox)).toHaveLength(1);
  });

  it('holds the answer back', async () => {
    await plan({ match: { dialect: 'keap' }, times: 1, latency_ms: 120 });
    const started = performance.now();
    expect((await read()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(110);
  });

  it('reaches the token endpoint under the dialect oauth', async () => {
    await plan({ match: { dialect: 'oauth', path: '/oauth/token' }, times: 1, status: 503 });
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' });
    expect((await sandbox.request('POST', '/oauth/token', { body: form, token: null })).status).toBe(503);
    expect((await sandbox.request('POST', '/oauth/token', { body: form, token: null })).status).toBe(401);
  });

  it('is refused when it is not understood', async () => {
    const { status, body } = await plan({ match: { methd: 'GET' }, status: 500 });
    expect([status, typeof body['error']]).toEqual([400, 'string']);
  });
});
