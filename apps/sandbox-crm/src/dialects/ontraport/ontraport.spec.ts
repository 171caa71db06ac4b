import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DEMO_KEY } from '../../demo-facts.js';
import { effectsOf, sandboxForTest, type CallOptions, type SandboxForTest } from '../../testing/sandbox-client.js';

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest({ contacts: 120 });
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.admin('POST', '/reset'));

const HEADERS = { 'api-key': DEMO_KEY, 'api-appid': 'any' };

function ontraport(method: string, path: string, options: CallOptions = {}) {
  const headers = { ...HEADERS, ...options.headers };
  return sandbox.request(method, `/ontraport/1${path}`, { ...options, token: null, headers });
}

type Row = Record<string, string>;

async function contact(id: string): Promise<Row> {
  return (await ontraport('GET', `/object?objectID=0&id=${id}`)).body['data'] as Row;
}

async function found(clauses: unknown[], more = ''): Promise<string[]> {
  const condition = encodeURIComponent(JSON.stringify(clauses));
  const { body } = await ontraport('GET', `/objects?objectID=0&condition=${condition}${more}`);
  return (body['data'] as Row[]).map((row) => row['id'] ?? '');
}

const clause = (field: string, op: string, value: unknown) => ({ field: { field }, op, value: { value } });

describe('access', () => {
  it.each([
    ['no key', { 'api-key': '' }],
    ['no app id', { 'api-appid': '' }],
    ['an unknown key', { 'api-key': 'nope' }],
  ])('with %s is refused in a plain text', async (_name, headers) => {
    const answer = await ontraport('GET', '/Contacts/getInfo', { headers });
    expect(answer).toMatchObject({ status: 401, body: { text: 'Your App ID and API Key do not authenticate.' } });
    expect(answer.headers.get('x-rate-limit-remaining')).toMatch(/^\d+$/);
  });

  it('by any other key of the sandbox sees the same contacts', async () => {
    const { body } = await ontraport('GET', '/object?objectID=0&id=1001', {
      headers: { 'api-key': 'sandbox-key-second' },
    });
    expect(body).toMatchObject({ code: 0, data: { id: '1001', firstname: 'Ada' } });
  });
});

describe('reading', () => {
  it('gives texts only', async () => {
    const values = Object.values(await contact('1001'));
    expect(values.filter((value) => typeof value !== 'string')).toEqual([]);
  });

  it('cuts longer pages to fifty, and counts when asked to', async () => {
    const { body } = await ontraport('GET', '/objects?objectID=0&range=500&start=10&count=true');
    expect(body).toMatchObject({ code: 0, count: '120' });
    expect((body['data'] as Row[]).map(({ id }) => id).slice(0, 2)).toEqual(['1011', '1012']);
    expect(body['data']).toHaveLength(50);
    expect((await ontraport('GET', '/objects?objectID=0')).body).not.toHaveProperty('count');
  });

  it('understands conditions as a database does', async () => {
    const { email = '', city = '' } = await contact('1001');
    expect(await found([clause('email', '=', email.toUpperCase())])).toEqual(['1001']);
    expect(await found([clause('id', '<=', '1002'), 'AND', clause('id', '>', '1001')])).toEqual(['1002']);
    expect(await found([clause('id', '=', '1003'), 'OR', clause('id', '=', 1004)])).toEqual(['1003', '1004']);
    const either = [clause('id', '=', '1001'), 'AND', clause('city', '<>', city), 'OR', clause('id', '=', '1005')];
    expect(await found(either)).toEqual(['1005']);
    expect(await found([clause('email', 'LIKE', `${email.slice(0, 5)}%`)])).toContain('1001');
    expect(await found([{ field: { field: 'id' }, op: 'IN', value: { list: [{ value: '1007' }] } }])).toEqual(['1007']);
    const nobody = await found([clause('firstname', 'IS', null)]);
    expect(nobody).toEqual([]);
  });

  it.each([
    'email = 1',
    '[]',
    '[{"field":"email","op":"=","value":"a"}]',
    JSON.stringify([clause('email', '=', 'a'), clause('email', '=', 'b')]),
    JSON.stringify([clause('email', '=', 'a'), 'XOR', clause('email', '=', 'b')]),
    JSON.stringify([clause('email', '~', 'a')]),
    JSON.stringify([clause('nope', '=', 'a')]),
  ])('refuses the condition %s', async (condition) => {
    const answer = await ontraport('GET', `/objects?objectID=0&condition=${encodeURIComponent(condition)}`);
    expect(answer.status).toBe(400);
  });

  it.each(['/objects', '/objects?objectID=9999', '/object?objectID=0', '/objects?objectID=0&range=x'])(
    'refuses %s',
    async (path) => {
      expect((await ontraport('GET', path)).status).toBe(400);
    },
  );

  it('says of what does not exist that it is not found, in a plain text', async () => {
    for (const path of [
      '/object?objectID=0&id=9',
      '/object?objectID=140&id=9',
      '/object/getByEmail?objectID=0&email=x',
    ]) {
      expect(await ontraport('GET', path)).toMatchObject({ status: 404, body: { text: 'Object not found' } });
    }
  });

  it('sorts both ways and gives only the fields that are asked for', async () => {
    const names = async (direction: string) => {
      const { body } = await ontraport(
        'GET',
        `/objects?objectID=0&sort=lastname&sortDir=${direction}&listFields=lastname`,
      );
      return body['data'] as Row[];
    };
    const [up, down] = [await names('asc'), await names('desc')];
    expect(Object.keys(up[0] ?? {})).toEqual(['id', 'lastname']);
    expect((up[0]?.['lastname'] ?? '') < (down[0]?.['lastname'] ?? '')).toBe(true);
  });
});

describe('writing', () => {
  it('answers what changed and nothing else, and passes over what it does not know', async () => {
    const body = { objectID: 0, id: '1001', firstname: 'Adele', lastname: 'Marsh', shoe_size: '41', f9: 'x' };
    const { body: answer } = await ontraport('PUT', '/objects', { body });
    expect(answer).toMatchObject({ code: 0, data: { attrs: { firstname: 'Adele', id: '1001' } } });
    const { attrs } = answer['data'] as { attrs: Row };
    expect(Object.keys(attrs).toSorted()).toEqual(['dlm', 'firstname', 'id']);
    expect(await effectsOf(sandbox)).toEqual([
      { operation: 'UpdateContact', contact_id: '1001', args: { firstname: 'Adele', lastname: 'Marsh' } },
    ]);
  });

  it('stores the nearest a field can hold', async () => {
    await ontraport('PUT', '/objects', {
      body: { objectID: 0, id: '1001', f1007: 'many', f1005: 'soon', f1013: '99' },
    });
    expect(await contact('1001')).toMatchObject({ f1007: '0', f1005: '', f1013: '' });
  });

  it('takes forms as well as JSON', async () => {
    const body = new URLSearchParams({ objectID: '0', id: '1001', company: 'A new company' });
    await ontraport('PUT', '/objects', { body });
    expect(await contact('1001')).toMatchObject({ company: 'A new company' });
  });

  it('makes a second contact of an address, or finds the first one when asked to', async () => {
    const { email } = await contact('1001');
    const body = { objectID: 0, email, firstname: 'Again' };
    const made = await ontraport('POST', '/objects', { body });
    expect(made.body).toMatchObject({ data: { firstname: 'Again', id: '1121', owner: '1' } });
    expect(made.body['data']).not.toHaveProperty('date');
    const saved = await ontraport('POST', '/objects/saveorupdate', { body });
    expect(saved.body).toMatchObject({ data: { id: '1001', attrs: { firstname: 'Again' } } });
    const { body: ids } = await ontraport('GET', `/object/getByEmail?objectID=0&all=1&email=${email ?? ''}`);
    expect(ids['data']).toEqual({ ids: ['1001', '1121'] });
  });

  it('refuses an address that is none, a contact that is not there, and types that nobody may write', async () => {
    const put = (body: unknown) => ontraport('PUT', '/objects', { body });
    expect((await put({ objectID: 0, id: '1001', email: 'nope' })).status).toBe(422);
    expect((await put({ objectID: 0, id: '9', firstname: 'X' })).status).toBe(404);
    expect((await put({ objectID: 140, id: '301', name: 'X' })).status).toBe(403);
    expect((await ontraport('POST', '/objects', { body: { objectID: 14 } })).status).toBe(400);
  });

  it('leaves what was found out about an address as it is', async () => {
    const email = 'b+bounced@example.com';
    const { body } = await ontraport('POST', '/objects', { body: { objectID: 0, email } });
    const { id = '' } = body['data'] as Row;
    await ontraport('PUT', '/objects', { body: { objectID: 0, id, bulk_mail: '1' } });
    expect(await contact(id)).toMatchObject({ bulk_mail: '-2' });
  });

  it('logs consent on its own', async () => {
    await ontraport('PUT', '/objects', { body: { objectID: 0, id: '1001', bulk_mail: 0, title: 'Owner' } });
    expect((await effectsOf(sandbox)).map(({ operation }) => operation)).toEqual(['SetOptInStatus', 'UpdateContact']);
  });

  it('deletes one contact, or all of them when none is named', async () => {
    expect((await ontraport('DELETE', '/object?objectID=0&id=1001')).body).toEqual({ code: 0, account_id: 50_001 });
    expect((await ontraport('DELETE', '/object?objectID=0&id=1001')).status).toBe(404);
    expect((await ontraport('DELETE', '/objects?objectID=0&ids=1002,1003')).status).toBe(200);
    expect((await ontraport('GET', '/objects/getInfo?objectID=0')).body).toMatchObject({ data: { count: '117' } });
    await ontraport('DELETE', '/objects?objectID=0');
    expect((await ontraport('GET', '/objects/getInfo?objectID=0')).body).toMatchObject({ data: { count: '0' } });
  });
});

describe('tags and automations', () => {
  it('are seen to, whether contact and tag exist or not', async () => {
    const body = { objectID: 0, ids: '1001,9', add_list: '199,9' };
    const answer = await ontraport('PUT', '/objects/tag', { body });
    expect(answer.body).toMatchObject({ code: 0, data: 'The tag is now being processed.' });
    expect(await effectsOf(sandbox)).toMatchObject([{ operation: 'ApplyTag', contact_id: '1001' }]);
    const { body: tagged } = await ontraport('GET', '/objects/tag?objectID=0&tag_name=tried%20THE%20demo');
    expect((tagged['data'] as Row[]).map(({ id }) => id)).toEqual(['1001']);
  });

  it('are made by a name that no tag has, and passed over when they are taken off', async () => {
    const named = (method: string, body: object) =>
      ontraport(method, '/objects/tagByName', { body: { objectID: 0, ids: [1001], ...body } });
    await named('PUT', { add_names: ['Brand new'] });
    await named('DELETE', { remove_names: ['brand new', 'never heard of'] });
    const log = await effectsOf(sandbox);
    expect(log.map(({ operation, args }) => [operation, (args as Row)['tag_name']])).toEqual([
      ['ApplyTag', 'Brand new'],
      ['RemoveTag', 'Brand new'],
    ]);
  });

  it('take in nobody who is in, into nothing that is not published, and no sequences', async () => {
    const subscribe = (more: object) =>
      ontraport('PUT', '/objects/subscribe', { body: { objectID: 0, ids: '1001', ...more } });
    await subscribe({ add_list: '302', sub_type: 'Campaign' });
    await subscribe({ add_list: ['302', '304', '999'] });
    await subscribe({ add_list: '301', sub_type: 'Sequence' });
    const log = await effectsOf(sandbox);
    expect(log.map(({ args }) => [(args as Row)['automation_id'], (args as Row)['result']])).toEqual([
      ['302', 'SUCCESS'],
      ['302', 'ALREADY_IN_SEQUENCE'],
    ]);
    expect(await contact('1001')).toMatchObject({ updateCampaign: '*/*302*/*' });
    await ontraport('DELETE', '/objects/subscribe', { body: { objectID: 0, ids: '1001', remove_list: '302' } });
    expect(await contact('1001')).toMatchObject({ updateCampaign: '' });
  });
});

it('plans a fault for one contact, wherever the request names it', async () => {
  const rules = [{ id: 'f', match: { contact_id: '1003' }, status: 403 }];
  await sandbox.admin('PUT', '/faults', { rules });
  const statuses = await Promise.all([
    ontraport('GET', '/object?objectID=0&id=1003'),
    ontraport('PUT', '/objects', { body: { objectID: 0, id: 1003, title: 'X' } }),
    ontraport('PUT', '/objects/tag', { body: { objectID: 0, ids: '1002,1003', add_list: '199' } }),
    ontraport('GET', '/object?objectID=0&id=1002'),
    ontraport('GET', '/object?objectID=14&id=103'),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403, 200, 200]);
});
