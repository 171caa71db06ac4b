import { describe, expect, it } from '@jest/globals';
import { contact, ok, refused, scriptedGohighlevel } from '../testing/scripted-gohighlevel.js';

describe('a contact', () => {
  it('with nothing but an id is readable', async () => {
    const { crm } = scriptedGohighlevel([contact()]);
    expect(await crm.getContact('c1')).toEqual({
      id: 'c1',
      source_id: 'c1',
      source_crm: 'gohighlevel',
      first_name: '',
      last_name: '',
      email: '',
      tags: [],
      custom_fields: {},
    });
  });

  it('may have odd values, and dates in any of the forms that occur', async () => {
    const { crm } = scriptedGohighlevel([
      contact({
        businessName: 'Acme',
        dateOfBirth: -1_229_731_200_000,
        address: '1 Main Street',
        dateAdded: 1_764_003_536_678,
        dateUpdated: 'never',
        dndSettings: { Email: null, SMS: { odd: true } },
        customFields: [
          { id: 'f1', value: { a: 'one', b: 'two' } },
          { id: 'f2', value: { uuid: { url: 'https://files.example/1', meta: {} } } },
          { id: 'f3', value: [] },
          { id: 'f4' },
        ],
      }),
    ]);
    const read = await crm.getContact('c1');
    expect(read).toMatchObject({
      company: 'Acme',
      birthday: '1931-01-13',
      address: { line1: '1 Main Street' },
      created_at: '2025-11-24T16:58:56.678Z',
      custom_fields: { f1: ['one', 'two'], f2: ['https://files.example/1'], f3: null, f4: null },
    });
    expect(read.updated_at).toBeUndefined();
  });

  it('is made with one call that names its tags and leaves out what is empty', async () => {
    const tags = ok({ tags: [{ id: 't1', name: 'vip' }] });
    const { crm, bodies } = scriptedGohighlevel([tags, { status: 201, json: { contact: { id: 'c1' } } }]);
    await crm.createContact({ first_name: 'Ada', last_name: '', email: 'a@b.c', phone: '', tags: ['t1'] });
    expect(bodies()[1]).toEqual({ locationId: 'loc1', firstName: 'Ada', email: 'a@b.c', tags: ['vip'] });
  });

  it('is changed without a word about its location and its tags; null clears, also a company', async () => {
    const { crm, bodies } = scriptedGohighlevel([ok({ succeded: true, contact: { id: 'c1' } })]);
    await crm.updateContact('c1', { first_name: 'Ada', phone: '', company: '' });
    expect(bodies()).toEqual([{ firstName: 'Ada', phone: null, companyName: null }]);
  });

  it('is read anew when the answer of a change does not show it', async () => {
    const { crm, http } = scriptedGohighlevel([ok({ succeded: true }), contact({ firstName: 'Ada' })]);
    expect(await crm.updateContact('c1', { first_name: 'Ada' })).toMatchObject({ first_name: 'Ada' });
    expect(http.requests.map(({ method }) => method)).toEqual(['PUT', 'GET']);
  });

  it('is not read again to know a tag that it was given', async () => {
    const tags = ok({ tags: [{ id: 't1', name: 'vip' }] });
    const { crm, http } = scriptedGohighlevel([contact({ tags: ['old'] }), tags, { status: 201, json: {} }, ok({})]);
    await crm.getContact('c1');
    await crm.applyTag('c1', 'VIP');
    expect((await crm.getContact('c1')).tags?.map(({ name }) => name)).toEqual(['old', 'vip']);
    await crm.removeTag('c1', 'vip');
    expect((await crm.getContact('c1')).tags?.map(({ name }) => name)).toEqual(['old']);
    expect(http.requests.map(({ method, json }) => [method, json])).toEqual([
      ['GET', undefined],
      ['GET', undefined],
      ['POST', { tags: ['vip'] }],
      ['DELETE', { tags: ['vip'] }],
    ]);
  });

  it('tells of a field that is not kept, and of the contact that was made all the same', async () => {
    const none = { customFields: [] };
    const made = scriptedGohighlevel([
      ok({ customFields: [] }),
      { status: 201, json: { contact: { id: 'c1', ...none } } },
    ]);
    const input = { first_name: 'A', last_name: 'B', email: 'a@b.c', custom_fields: { Nowhere: 'x' } };
    await expect(made.crm.createContact(input)).rejects.toMatchObject({
      kind: 'validation',
      existingId: 'c1',
      outcome: 'unknown',
    });
    const changed = scriptedGohighlevel([ok({ customFields: [] }), ok({ contact: { id: 'c1', ...none } })]);
    const update = changed.crm.updateContact('c1', { custom_fields: { Nowhere: 'x' } });
    await expect(update).rejects.toMatchObject({ kind: 'validation', outcome: 'refused' });
  });

  it.each([
    ['1990-09-25T00:00:00Z', '1990-09-25'],
    ['09/25/1990', '1990-09-25'],
    ['in autumn', 'in autumn'],
  ])('is born on a day: %s is written as %s', async (value, day) => {
    const { crm, bodies } = scriptedGohighlevel([ok({ succeded: true })]);
    await crm.setContactFieldValue('c1', 'birthday', value);
    expect(bodies()).toEqual([{ dateOfBirth: day }]);
  });

  it('refuses to have written what can only be read', async () => {
    const { crm, http } = scriptedGohighlevel([ok({ customFields: [] })]);
    await expect(crm.setContactFieldValue('c1', 'dateAdded', 'now')).rejects.toMatchObject({ kind: 'validation' });
    expect(http.requests).toEqual([]);
  });
});

describe('a tag', () => {
  it('is looked for in a list that may not be read once, and then refused', async () => {
    const { crm, http } = scriptedGohighlevel([refused(403, {})]);
    for (const tag of ['vip', '199']) {
      await expect(crm.applyTag('c1', tag)).rejects.toMatchObject({ outcome: 'not_sent', retryable: false });
    }
    expect(http.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(http.requests.length).toBeLessThanOrEqual(2);
  });

  it('keeps its name when another one’s id reads the same', async () => {
    const tags = [
      { id: 'abc', name: 'first' },
      { id: 'xyz', name: 'abc' },
    ];
    const { crm, bodies } = scriptedGohighlevel([ok({ tags }), { status: 201, json: {} }]);
    await crm.applyTag('c1', 'abc');
    await crm.applyTag('c1', 'xyz');
    expect(bodies().slice(1)).toEqual([{ tags: ['abc'] }, { tags: ['abc'] }]);
  });
});
