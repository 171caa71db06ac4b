import { describe, expect, it } from '@jest/globals';
import { ada, contact, done, fixture, meta, ok, tags, text } from '../testing/scripted-ontraport.js';

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

  it('is shown as it is stored to whoever may not see the list of fields, which is asked for once', async () => {
    const stored = ok({ ...ada, f12: '3' });
    const { connection, asked } = fixture([stored, { status: 403 }, stored]);
    const shown = { custom_fields: { f12: '3' } };
    expect(await connection.connector().getContact('7')).toMatchObject(shown);
    expect(await connection.connector().getContact('7')).toMatchObject(shown);
    expect(asked()).toEqual(['GET object', 'GET objects/meta', 'GET object']);
    await expect(connection.connector().setContactFieldValue('7', 'f12', '4')).rejects.toMatchObject({
      kind: 'forbidden',
    });
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
