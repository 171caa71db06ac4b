import { beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import type { ApiClient, ExecutionData } from './support/api-client.js';
import { newHelper } from './support/customer.js';
import { useSystem } from './support/use-system.js';

interface AuditEvent {
  type: string;
}

const running = useSystem();
const NOWHERE = '203.0.113.0/24';

async function keyWith(wish: object): Promise<ApiClient> {
  const { customer, system } = running;
  const made = await customer.api.post<{ key: string }>('/api-keys', { name: 'Limited', permissions: ['*'], ...wish });
  return system.api.withKey(made.data.key);
}
const tagging = () => newHelper(running.customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
const run = (client: ApiClient, helper: string, headers = {}) =>
  client.post<{ execution_id: string }>(`/helper/${helper}/execute`, { contact_id: '1007' }, headers);

describe('a key with allowed addresses', () => {
  it('works from there only, on every route that keys may reach', async () => {
    const [here, elsewhere] = [
      await keyWith({ allowed_ips: ['127.0.0.0/8', '::1'] }),
      await keyWith({ allowed_ips: [NOWHERE] }),
    ];
    expect((await here.get('/helpers')).status).toBe(200);
    for (const path of ['/helpers', '/executions', '/executions/stream']) {
      const refused = await elsewhere.get(path);
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'auth.address_not_allowed']);
    }
    const forged = await elsewhere.get('/helpers', { 'x-forwarded-for': '203.0.113.9' });
    expect(forged.status).toBe(403);
  });
});

describe('a key that is limited to helpers', () => {
  it('knows no other helper and nothing of its executions', async () => {
    const { customer } = running;
    const [own, other] = [await tagging(), await tagging()];
    const client = await keyWith({ helper_ids: [own] });
    const { data } = await client.get<{ helpers: { helper_id: string }[] }>('/helpers');
    expect(data.helpers.map(({ helper_id }) => helper_id)).toEqual([own]);
    expect((await client.get(`/helpers/${other}`)).status).toBe(404);
    expect((await run(client, other)).body.code).toBe('helpers.not_found');
    const mine = (await run(client, own)).data.execution_id;
    const theirs = (await run(customer.byKey, other)).data.execution_id;
    for (const id of [mine, theirs]) await customer.api.ended(id);
    expect((await client.get(`/executions/${mine}`)).status).toBe(200);
    for (const path of [`/executions/${theirs}`, `/executions/${theirs}/events`]) {
      expect([path, (await client.get(path)).status]).toEqual([path, 404]);
    }
    const page = await client.get<{ executions: ExecutionData[] }>('/executions');
    expect(page.data.executions.map(({ execution_id }) => execution_id)).toEqual([mine]);
    const asked = await client.get<{ executions: ExecutionData[] }>(`/executions?helper_id=${other}`);
    expect(asked.data.executions).toEqual([]);
    // Where nothing keeps to the helpers of a key, such a key is refused.
    for (const path of ['/dead-letters', '/executions/stream']) expect((await client.get(path)).status).toBe(403);
  });
});

describe('the audit log', () => {
  it('tells who changed what in every service', async () => {
    const { customer } = running;
    const helper = await tagging();
    await customer.api.request('PUT', `/helpers/${helper}`, { name: 'Renamed' });
    const wanted = ['connections.connection.created', 'helpers.helper.updated', 'identity.api_key.created'];
    const found = await waitFor(async () => {
      const { events } = (await customer.api.get<{ events: AuditEvent[] }>('/audit?limit=200')).data;
      const named = wanted.map((type) => events.find((event) => event.type === type));
      return named.every((event) => event !== undefined) && named;
    });
    for (const event of found) expect(event).toMatchObject({ actor: { kind: 'user' }, ip: '127.0.0.1' });
    expect(found[1]).toMatchObject({ target: { kind: 'helper', id: helper }, data: { name: 'Renamed' } });
    expect((await customer.byKey.get('/audit')).status).toBe(403);
  });
});

describe('a test key', () => {
  let client: ApiClient;
  beforeAll(async () => {
    client = await keyWith({ test: true });
  });
  const effects = () => running.system.sandbox.effects({ contactId: '1007' });
  const used = async () => (await running.customer.api.get<{ usage: unknown }>('/billing')).data.usage;

  it('makes executions that only say what they would do, and are not metered', async () => {
    const { customer } = running;
    const helper = await tagging();
    const [before, usage] = [await effects(), await used()];
    const { execution_id: id } = (await run(client, helper)).data;
    const ended = (await customer.api.ended(id)) as ExecutionData & { dry_run?: boolean };
    expect(ended).toMatchObject({
      status: 'completed',
      dry_run: true,
      output: { would_succeed: true, fields: [expect.objectContaining({ field: 'Score' })], warnings: [] },
    });
    expect(await effects()).toEqual(before);
    expect(await used()).toEqual(usage);
  });

  it('never takes the place of a real execution with the same idempotency key', async () => {
    const helper = await tagging();
    const headers = { 'Idempotency-Key': 'same' };
    expect((await run(client, helper, headers)).status).toBe(202);
    expect((await run(client, helper, headers)).headers.get('Idempotency-Replayed')).toBe('true');
    expect((await run(running.customer.byKey, helper, headers)).body.code).toBe('request.idempotency_conflict');
  });

  it('reads, and changes nothing', async () => {
    const { customer } = running;
    expect((await client.get('/executions')).status).toBe(200);
    const { execution_id: id } = (await run(customer.byKey, await tagging())).data;
    for (const path of [`/executions/${id}/cancel`, `/executions/${id}/replay`, '/dead-letters/replay']) {
      expect([path, (await client.post(path, {})).body.code]).toEqual([path, 'account.permission_denied']);
    }
  });
});
