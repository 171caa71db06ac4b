import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { effectsOf, sandboxForTest, type SandboxForTest } from '../../testing/sandbox-client.js';

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.admin('POST', '/reset'));

const call = (method: string, path: string, body?: unknown, key: string | null = 'sandbox-demo-key') =>
  sandbox.request(method, `/activecampaign/api/3${path}`, {
    body,
    token: null,
    headers: key === null ? {} : { 'api-token': key },
  });

const ids = (records: unknown): string[] => (records as { id: string }[]).map(({ id }) => id);

describe('access', () => {
  it('is by a key in a header of its own, and refused with 403', async () => {
    expect(await call('GET', '/users/me')).toMatchObject({
      status: 200,
      body: { user: { id: '1', username: 'demo' } },
    });
    for (const key of [null, 'unknown']) {
      expect(await call('GET', '/users/me', undefined, key)).toMatchObject({
        status: 403,
        body: { message: expect.any(String) },
      });
    }
    const bearer = await sandbox.request('GET', '/activecampaign/api/3/users/me', { token: 'sandbox-demo-key' });
    expect(bearer.status).toBe(403);
  });
});

describe('contacts', () => {
  it('come twenty at a time, a hundred at most, with the total as a text', async () => {
    const { body } = await call('GET', '/contacts');
    expect(body).toMatchObject({ meta: { total: '30' } });
    expect(body['contacts']).toHaveLength(20);
    expect((await call('GET', '/contacts?limit=500')).body['contacts']).toHaveLength(30);
    expect((await call('GET', '/contacts?limit=20&offset=20')).body['contacts']).toHaveLength(10);
  });

  it('are walked by id in both directions, the total counting what is left', async () => {
    const up = await call('GET', '/contacts?orders[id]=ASC&id_greater=1028&limit=1');
    expect([ids(up.body['contacts']), up.body['meta']]).toEqual([['1029'], { total: '2' }]);
    const down = await call('GET', '/contacts?orders[id]=DESC&id_less=1003');
    expect(ids(down.body['contacts'])).toEqual(['1002', '1001']);
  });

  it('come alone or with what is named, which names that do not exist do not disturb', async () => {
    const alone = await call('GET', '/contacts?limit=1');
    expect(alone.body).not.toHaveProperty('fieldValues');
    const { body } = await call('GET', '/contacts/1001?include=contactTags.tag,fieldValues,nothing,constructor');
    expect(Object.keys(body).sort()).toEqual(['contact', 'contactTags', 'fieldValues', 'tags']);
    const usual = await call('GET', '/contacts/1001');
    expect(Object.keys(usual.body)).toEqual(expect.arrayContaining(['fieldValues', 'contactLists', 'deals']));
    expect(usual.body).not.toHaveProperty('contactTags');
  });

  it('have an address of their own', async () => {
    const contact = { email: 'ADA.marsh.1001@example.com', firstName: 'Ada' };
    const duplicate = { errors: [{ code: 'duplicate', source: { pointer: '/data/attributes/email' } }] };
    expect(await call('POST', '/contacts', { contact })).toMatchObject({ status: 422, body: duplicate });
    expect(await call('PUT', '/contacts/1002', { contact })).toMatchObject({ status: 422, body: duplicate });
    expect(await call('POST', '/contact/sync', { contact })).toMatchObject({
      status: 200,
      body: { contact: { id: '1001' } },
    });
    const sync = await call('POST', '/contact/sync', { contact: { email: 'new@example.com' } });
    expect(sync.status).toBe(201);
  });

  it.each([
    ['without an address', { contact: { firstName: 'A' } }, 'field_missing'],
    ['with a broken address', { contact: { email: 'nowhere' } }, 'field_invalid'],
    [
      'with a field that does not exist',
      { contact: { email: 'a@b.example', fieldValues: [{ field: 99, value: '' }] } },
      'field_invalid',
    ],
    [
      'with a value its field cannot hold',
      { contact: { email: 'a@b.example', fieldValues: [{ field: '7', value: 'x' }] } },
      'field_invalid',
    ],
    ['without its wrapping', { email: 'a@b.example' }, 'field_missing'],
  ])('%s are not made', async (_name, body, code) => {
    expect(await call('POST', '/contacts', body)).toMatchObject({ status: 422, body: { errors: [{ code }] } });
    expect(await effectsOf(sandbox)).toEqual([]);
  });

  it('change in what is named alone', async () => {
    const before = (await sandbox.admin('GET', '/contacts/1001')).body;
    const fieldValues = [{ field: 3, value: '||Books||' }];
    await call('PUT', '/contacts/1001', { contact: { lastName: 'Swift', fieldValues } });
    const after = (await sandbox.admin('GET', '/contacts/1001')).body;
    expect(after).toMatchObject({
      ...before,
      last_name: 'Swift',
      updated_at: after['updated_at'],
      custom_fields: expect.anything(),
      custom_fields_by_label: expect.anything(),
    });
    expect(after['custom_fields']).toMatchObject({ ...(before['custom_fields'] as object), '3': ['Books'] });
    await call('PUT', '/contacts/1001', { contact: { fieldValues: [{ field: '3', value: '' }] } });
    expect((await effectsOf(sandbox)).map(({ operation }) => operation)).toEqual([
      'UpdateContact',
      'SetContactFieldValue',
    ]);
  });

  it('are gone after a delete, in the words of the vendor', async () => {
    expect(await call('DELETE', '/contacts/1001')).toMatchObject({ status: 200, body: {} });
    expect(await call('GET', '/contacts/1001')).toMatchObject({
      status: 404,
      body: { message: 'No Result found for Subscriber with id 1001' },
    });
  });
});

describe('tags', () => {
  it('are applied once, and taken away by the id of the association', async () => {
    const contactTag = { contact: 1001, tag: '199' };
    const first = await call('POST', '/contactTags', { contactTag });
    expect(first.status).toBe(201);
    expect((await call('POST', '/contactTags', { contactTag })).status).toBe(200);
    const { id } = first.body['contactTag'] as { id: string };
    expect((await call('DELETE', '/contactTags/199')).status).toBe(404);
    expect((await call('DELETE', `/contactTags/${id}`)).status).toBe(200);
    expect((await call('DELETE', `/contactTags/${id}`)).status).toBe(404);
    const { body } = await call('GET', '/contacts/1001/contactTags');
    expect((body['contactTags'] as { tag: string }[]).map(({ tag }) => tag)).not.toContain('199');
  });

  it('refuse contacts that do not exist with a list of errors', async () => {
    const { status, body } = await call('POST', '/contactTags', { contactTag: { contact: '77', tag: '199' } });
    expect({ status, body }).toMatchObject({ status: 404, body: { errors: [{ status: 404 }] } });
  });
});

describe('companies', () => {
  it('are one a contact, with the job title', async () => {
    await call('POST', '/contacts', { contact: { email: 'new@example.com' } });
    const accountContact = { contact: '1031', account: '501', jobTitle: 'Cook' };
    const made = await call('POST', '/accountContacts', { accountContact });
    expect(made.status).toBe(201);
    expect((await call('POST', '/accountContacts', { accountContact })).body).toMatchObject({
      errors: [{ code: 'field_invalid' }],
    });
    const { id } = made.body['accountContact'] as { id: string };
    await call('PUT', `/accountContacts/${id}`, { accountContact: { ...accountContact, account: '502' } });
    const { body } = await call('GET', '/contacts/1031?include=accountContacts.account');
    expect(body).toMatchObject({
      accountContacts: [{ id, account: '502', jobTitle: 'Cook' }],
      accounts: [{ id: '502' }],
    });
    expect((await call('DELETE', `/accountContacts/${id}`)).status).toBe(200);
    expect((await call('DELETE', `/accountContacts/${id}`)).status).toBe(404);
  });

  it('are found by a part of the name, and made once per name', async () => {
    expect(ids((await call('GET', '/accounts?search=vine')).body['accounts'])).toHaveLength(1);
    expect((await call('POST', '/accounts', { account: { name: 'harbor & vine' } })).status).toBe(422);
    expect((await call('POST', '/accounts', { account: { name: 'Fresh' } })).status).toBe(201);
  });
});

describe('automations', () => {
  it('take a contact again with every call, and nobody when they are not active', async () => {
    const enter = (automation: string) =>
      call('POST', '/contactAutomations', { contactAutomation: { contact: '1001', automation } });
    await enter('301');
    const { body } = await enter('301');
    expect((await call('GET', '/contacts/1001/contactAutomations')).body['contactAutomations']).toHaveLength(2);
    expect(await enter('304')).toMatchObject({ status: 403, body: { message: 'Could not create SubscriberSeries' } });
    expect((await enter('999')).status).toBe(404);
    const { id } = body['contactAutomation'] as { id: string };
    expect((await call('DELETE', `/contactAutomations/${id}`)).status).toBe(200);
    expect((await call('GET', '/contacts/1001/contactAutomations')).body['contactAutomations']).toHaveLength(1);
  });
});

describe('lists', () => {
  const set = (status: string, more: object = {}) =>
    call('POST', '/contactLists', { contactList: { list: '1', contact: '1001', status, ...more } });
  const statusOf = (answer: { body: Record<string, unknown> }) =>
    (answer.body['contactList'] as { status: string }).status;

  it('keep away who has left until it is said that they subscribe again', async () => {
    expect(statusOf(await set('2'))).toBe('2');
    expect(statusOf(await set('1'))).toBe('2');
    expect(statusOf(await set('1', { sourceid: 4 }))).toBe('1');
    expect((await set('3')).status).toBe(422);
  });

  it('share what the other vendors know of an address', async () => {
    await set('2');
    const { body } = await sandbox.keap('GET', '/contacts/1001?fields=email_addresses');
    expect(body['email_addresses']).toMatchObject([{ is_opt_in: false }]);
  });
});

it('keeps notes as one text, on contacts only', async () => {
  const note = (reltype: string) => ({ note: { note: 'Called', relid: '1003', reltype } });
  expect((await call('POST', '/notes', note('Deal'))).status).toBe(422);
  const made = await call('POST', '/notes', note('Subscriber'));
  expect(made).toMatchObject({ status: 201, body: { note: { note: 'Called', relid: '1003' } } });
  const { body } = await call('GET', '/contacts/1003/notes');
  expect(ids(body['notes'])).toContain((made.body['note'] as { id: string }).id);
});

it('lets faults be planned for a contact, wherever it stands in a request', async () => {
  await sandbox.admin('PUT', '/faults', { rules: [{ match: { contact_id: '1001' }, status: 429 }] });
  const requests: [string, string, object?][] = [
    ['GET', '/contacts/1001'],
    ['POST', '/contactTags', { contactTag: { contact: 1001, tag: '199' } }],
    ['POST', '/notes', { note: { note: 'x', relid: '1001', reltype: 'Subscriber' } }],
    ['DELETE', '/contactTags/100100199'],
    ['DELETE', '/accountContacts/40001001'],
  ];
  for (const [method, path, body] of requests) expect((await call(method, path, body)).status).toBe(429);
  expect((await call('GET', '/contacts/1002')).status).toBe(200);
});
