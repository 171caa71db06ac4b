import { describe, expect, it } from '@jest/globals';
import { openConnection } from '../create-connector.js';
import { ScriptedHttp, type Scripted } from '../testing/scripted-http.js';

/** A connection to a scripted vendor whose clock stands still until it is put forward. */
function fixture(script: Scripted[]) {
  const http = new ScriptedHttp(script);
  const clock = { at: Date.UTC(2026, 0, 15), now: () => new Date(clock.at) };
  const credentials = { api_key: 'k', api_secret: '2_1_app' };
  const connection = openConnection({ platform: 'ontraport', credentials }, { http, places: {}, clock });
  const asked = () =>
    http.requests.map(({ method, url }) => `${method} ${url.replace('https://api.ontraport.com/1/', '')}`);
  return { http, clock, connection, crm: connection.connector(), asked };
}

const ok = (data: unknown, more: object = {}): Scripted => ({ status: 200, json: { code: 0, data, ...more } });
const ada = { id: '7', firstname: 'Ada', bulk_mail: '1', contact_cat: '*/*5*/*' };
const contact = ok(ada);
const meta = (fields: object = {}): Scripted => ok({ '0': { name: 'Contact', fields } });
const text = (alias: string, more: object = {}) => ({ alias, type: 'text', editable: '1', options: '', ...more });
const tags = ok([
  { tag_id: '5', tag_name: 'Five', object_type_id: '0' },
  { tag_id: '6', tag_name: 'Six', object_type_id: 0 },
  { tag_id: '8', tag_name: 'Of deals', object_type_id: '149' },
]);
const done = ok('The tag is now being processed.');

describe('a request', () => {
  it('carries key and app id', async () => {
    const { crm, http } = fixture([ok({ count: '2' })]);
    await crm.testConnection();
    expect(http.requests[0]).toMatchObject({
      method: 'GET',
      url: 'https://api.ontraport.com/1/Contacts/getInfo',
      headers: { 'Api-Key': 'k', 'Api-Appid': '2_1_app' },
    });
  });

  it.each([
    [{ status: 401, text: 'Your App ID and API Key do not authenticate.' }, 'auth_invalid', undefined],
    [{ status: 403, json: {} }, 'forbidden', undefined],
    [{ status: 404, text: 'Object not found' }, 'not_found', undefined],
    [{ status: 422, text: 'Invalid email address: a@b' }, 'validation', undefined],
    [{ status: 429, headers: { 'x-rate-limit-reset': '17' } }, 'rate_limited', 17_000],
    [{ status: 429, headers: { 'x-rate-limit-reset': '86400' } }, 'rate_limited', 60_000],
    [{ status: 200, json: { code: 41, data: 'a@b is not welcome' } }, 'validation', undefined],
    [{ status: 200, text: 'Fatal error: a@b' }, 'protocol', undefined],
  ])('that is refused with %j is an error of the kind %s, and says nothing of persons', async (answer, kind, wait) => {
    const { crm, http } = fixture([answer]);
    const failure: unknown = await crm.testConnection().catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind, retryAfterMs: wait });
    expect(String(failure)).not.toContain('a@b');
    expect(http.requests).toHaveLength(1);
  });
});

describe('a contact', () => {
  it('is read with its options and dates once the fields are known', async () => {
    const fields = {
      f12: text('Level', { type: 'drop', options: { '3': 'Gold' } }),
      state: text('State', { type: 'state', options: { CA: 'California' } }),
      fax: text('Fax'),
    };
    const full = {
      ...ada,
      f12: '3',
      f13: 'no field of this account',
      state: 'CA',
      date: '1767225600',
      dlm: 1767225601,
    };
    const { crm, asked } = fixture([ok(full), meta(fields)]);
    expect(await crm.getContact('7')).toMatchObject({
      address: { state: 'California' },
      custom_fields: { f12: 'Gold', f13: 'no field of this account' },
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:01.000Z',
      tags: [{ id: '5', name: '' }],
    });
    expect(asked()).toEqual(['GET object', 'GET objects/meta']);
  });

  it.each([[[]], [{}], [null]])('that is answered as %j does not exist', async (data) => {
    const { crm } = fixture([ok(data)]);
    const reading = crm.getContact('7');
    if (data === null) await expect(reading).rejects.toMatchObject({ kind: 'protocol' });
    else await expect(reading).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('is deleted alone, by an id in the address', async () => {
    const { crm, http } = fixture([{ status: 200, json: { code: 0, account_id: 1 } }]);
    await crm.deleteContact('7');
    expect(http.requests).toMatchObject([
      { method: 'DELETE', url: 'https://api.ontraport.com/1/object', query: { objectID: 0, id: '7' } },
    ]);
  });

  it('is completed by what a change answers, so that it is not read again', async () => {
    const { crm, asked, http } = fixture([
      contact,
      ok({ attrs: { firstname: 'Countess', dlm: '1', id: '7' } }),
      ok({ attrs: [] }),
    ]);
    await crm.getContact('7');
    expect(await crm.updateContact('7', { first_name: 'Countess', phone: '' })).toMatchObject({
      first_name: 'Countess',
    });
    expect(await crm.updateContact('7', { last_name: 'Lovelace' })).toMatchObject({
      first_name: 'Countess',
      last_name: 'Lovelace',
    });
    expect(asked()).toEqual(['GET object', 'PUT objects', 'PUT objects']);
    expect(http.requests[1]?.json).toEqual({ objectID: 0, id: '7', firstname: 'Countess', office_phone: '' });
  });

  it('is read anew after a change that failed', async () => {
    const { crm, asked } = fixture([contact, { status: 422 }, contact]);
    await crm.getContact('7');
    await expect(crm.updateContact('7', { email: 'x' })).rejects.toMatchObject({ kind: 'validation', status: 422 });
    await crm.getContact('7');
    expect(asked()).toEqual(['GET object', 'PUT objects', 'GET object']);
  });
});

describe('making a contact', () => {
  const input = { first_name: 'A', last_name: 'B', email: 'a@b.c', phone: '' };

  it('is one request, and one more for all its tags', async () => {
    const { crm, http, asked } = fixture([tags, ok({ id: '70', email: 'a@b.c' }), done]);
    expect(await crm.createContact({ ...input, tags: ['five', '6'] })).toMatchObject({
      id: '70',
      first_name: 'A',
      tags: [
        { id: '5', name: '' },
        { id: '6', name: '' },
      ],
    });
    expect(asked()).toEqual(['GET objects', 'POST objects', 'PUT objects/tag']);
    expect(http.requests[1]?.json).toEqual({ objectID: 0, firstname: 'A', lastname: 'B', email: 'a@b.c' });
    expect(http.requests[2]?.json).toEqual({ objectID: 0, ids: '70', add_list: '5,6' });
  });

  it('tells of the contact when its tags failed', async () => {
    const { crm } = fixture([tags, ok({ id: '70' }), { status: 403 }]);
    await expect(crm.createContact({ ...input, tags: ['Five'] })).rejects.toMatchObject({
      kind: 'forbidden',
      outcome: 'unknown',
      existingId: '70',
    });
  });

  it('needs something to make it of', async () => {
    const { crm, http } = fixture([]);
    const empty = { first_name: '', last_name: '', email: '' };
    await expect(crm.createContact(empty)).rejects.toMatchObject({ kind: 'validation' });
    expect(http.requests).toEqual([]);
  });
});

describe('a list', () => {
  const page = (length: number) => Array.from({ length }, (_, index) => ({ id: String(index + 1) }));

  it('tells its total as the answer does, as its end shows, or as a second request says', async () => {
    const counted = fixture([ok(page(10), { count: '31' })]);
    expect(await counted.crm.getContacts({ limit: 10 })).toMatchObject({ total: 31, has_more: true });
    const short = fixture([ok(page(4))]);
    expect(await short.crm.getContacts({ limit: 10, offset: 20 })).toMatchObject({ total: 24, has_more: false });
    const silent = fixture([ok(page(10)), ok({ count: '10' })]);
    expect(await silent.crm.getContacts({ limit: 10 })).toMatchObject({ total: 10, has_more: false });
    expect(silent.asked()).toEqual(['GET objects', 'GET objects/getInfo']);
  });

  it('compares options and days as they are stored', async () => {
    const fields = { state: text('State', { type: 'state', options: { CA: 'California' } }) };
    const { crm, http } = fixture([meta(fields), ok([])]);
    await crm.getContacts({ filters: { state: 'california', birthday: '1970-01-02' } });
    const clauses = JSON.parse(String(http.requests[1]?.query?.['condition'])) as { value: unknown }[];
    expect(clauses.map(({ value }) => value)).toEqual([{ value: 'CA' }, undefined, { value: '86400' }]);
  });

  it('leaves out whom the vendor found by a part of the address', async () => {
    const { crm } = fixture([
      ok([
        { id: '1', email: 'A@b.c' },
        { id: '2', email: 'aa@b.c' },
      ]),
    ]);
    expect((await crm.getContacts({ email: 'a@b.c' })).contacts.map(({ id }) => id)).toEqual(['1']);
  });
});

describe('tags', () => {
  it('of contacts only are listed, from all pages', async () => {
    const full = Array.from({ length: 50 }, (_, index) => ({
      tag_id: String(100 + index),
      tag_name: `T${index}`,
      object_type_id: '0',
    }));
    const { crm, http } = fixture([ok(full), tags]);
    expect((await crm.getTags()).map(({ id }) => id)).toEqual([...full.map(({ tag_id }) => tag_id), '5', '6']);
    expect(http.requests.map(({ query }) => query?.['start'])).toEqual([0, 50]);
  });

  it('change the contact that the run knows', async () => {
    const { crm, asked, http } = fixture([tags, contact, done, done, done]);
    await crm.applyTag('7', 'Six');
    await crm.removeTag('7', 'Five');
    expect((await crm.getContact('7')).tags?.map(({ id }) => id)).toEqual(['6']);
    expect(asked()).toEqual(['GET objects', 'GET object', 'PUT objects/tag', 'DELETE objects/tag']);
    expect(http.requests[3]?.json).toEqual({ objectID: 0, ids: '7', remove_list: '5' });
  });

  it('are made for contacts when there is none of that name', async () => {
    const { crm, http } = fixture([ok([]), ok({ tag_id: 9, tag_name: 'New' })]);
    expect(await crm.createTag?.({ name: ' New ', description: 'nowhere to put it' })).toEqual({
      id: '9',
      name: 'New',
    });
    expect(http.requests[1]?.json).toEqual({ objectID: 14, tag_name: 'New', object_type_id: 0 });
  });
});

describe('a field', () => {
  it('that the account does not know is not written', async () => {
    const { crm, asked } = fixture([meta({ f1: text('One') })]);
    await expect(crm.setContactFieldValue('7', 'Two', 'x')).rejects.toMatchObject({
      kind: 'validation',
      outcome: 'not_sent',
      message: 'Ontraport cannot set Two: there is no such field',
    });
    expect(asked()).toEqual(['GET objects/meta']);
  });

  it('that was added meanwhile is found', async () => {
    const { connection, clock, http } = fixture([
      meta({ f1: text('One') }),
      meta({ f1: text('One'), f2: text('Two') }),
      ok({ attrs: { f2: 'x', id: '7' } }),
    ]);
    await connection.connector().getCustomFields();
    clock.at += 60_000;
    await connection.connector().setContactFieldValue('7', 'Two', 'x');
    expect(http.requests.at(-1)?.json).toEqual({ objectID: 0, id: '7', f2: 'x' });
  });

  it.each([0, '0', null, ''])('with the flag editable %j is not written', async (editable) => {
    const { crm } = fixture([meta({ f1: text('One', { editable }) })]);
    await expect(crm.setContactFieldValue('7', 'One', 'x')).rejects.toThrow('it cannot be changed');
  });

  it('of those that every account has needs no list', async () => {
    const { crm, http, asked } = fixture([ok({ attrs: [] })]);
    await crm
      .updateContact('7', { first_name: 'A', custom_fields: { sms_number: '+1 (555) 0100', birthday: '1970-01-02' } })
      .catch(() => undefined);
    expect(asked()[0]).toBe('PUT objects');
    expect(http.requests[0]?.json).toEqual({
      objectID: 0,
      id: '7',
      firstname: 'A',
      sms_number: '+15550100',
      birthday: '86400',
    });
  });
});

describe('consent', () => {
  it('is asked for when the answer does not tell it', async () => {
    const { crm, asked, http } = fixture([contact, ok({ attrs: [] }), ok({ ...ada, bulk_mail: '0' })]);
    await crm.setOptInStatus?.('7', false, 'asked');
    expect(http.requests[1]?.json).toEqual({ objectID: 0, id: '7', bulk_mail: '0' });
    expect(asked()).toEqual(['GET object', 'PUT objects', 'GET object']);
  });

  it('that the vendor keeps is an error', async () => {
    const { crm } = fixture([ok({ ...ada, bulk_mail: '0' }), ok({ attrs: [] }), ok({ ...ada, bulk_mail: '0' })]);
    await expect(crm.setOptInStatus?.('7', true, 'asked')).rejects.toMatchObject({
      kind: 'validation',
      outcome: 'refused',
    });
  });
});

describe('notes', () => {
  it('have one text, and an author where one is named', async () => {
    const { crm, http } = fixture([contact, ok({ id: 91 }), ok({ id: '92' })]);
    expect(await crm.createNote?.('7', { title: 'T', body: 'B', type: 'call', user_id: '3' })).toEqual({ id: '91' });
    await crm.createNote?.('7', { title: '', body: 'B', type: 'general' });
    expect(http.requests.slice(1).map(({ json }) => json)).toEqual([
      { objectID: 12, contact_id: '7', data: 'T\n\nB', author: '3' },
      { objectID: 12, contact_id: '7', data: 'B' },
    ]);
  });

  it('are looked for no further back than asked', async () => {
    const since = new Date('2026-01-01T00:00:00Z');
    const note = (id: string, date: number, data = 'other') => ({ id, data, date: String(date) });
    const at = since.getTime() / 1000;
    const full = Array.from({ length: 50 }, (_, index) => note(String(900 - index), at - index * 60));
    const { crm, http } = fixture([ok(full)]);
    expect(await crm.findNote?.('7', { title: 'T', body: 'B', type: 'general' }, since)).toBeNull();
    expect(http.requests).toHaveLength(1);
    expect(http.requests[0]?.query).toMatchObject({ objectID: 12, sort: 'id', sortDir: 'desc' });
  });
});

describe('automations', () => {
  it('are looked up once for all runs of a connection', async () => {
    const processed = ok('The subscription is now being processed.');
    const { connection, asked, http } = fixture([contact, ok({ id: '4' }), processed, contact, processed]);
    await connection.connector().triggerAutomation('7', '4');
    await connection.connector().triggerAutomation('7', '4');
    expect(asked()).toEqual([
      'GET object',
      'GET object',
      'PUT objects/subscribe',
      'GET object',
      'PUT objects/subscribe',
    ]);
    expect(http.requests[2]?.json).toEqual({ objectID: 0, ids: '7', add_list: '4', sub_type: 'Campaign' });
  });
});
