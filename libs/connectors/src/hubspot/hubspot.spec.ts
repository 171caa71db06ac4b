import { describe, expect, it } from '@jest/globals';
import { scriptedConnection } from '../testing/scripted-connection.js';
import type { Scripted } from '../testing/scripted-http.js';
import { normalizedContact } from './contact-mapper.js';

const ok = (json: unknown, status = 200): Scripted => ({ status, json });
const contact = (id: string, properties: Record<string, string | null> = {}) => ({
  id,
  properties,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-02T00:00:00Z',
});
const own = (name: string) => ({ name, label: name, type: 'string', fieldType: 'text', hubspotDefined: false });
const noProperties = ok({ results: [] });
const list = (listId: string, name: string, processingType = 'MANUAL') => ({ listId, name, processingType });
const lists = (...all: ReturnType<typeof list>[]) => ok({ lists: all, hasMore: false, offset: all.length });

function fixture(...script: Scripted[]) {
  const { http, run } = scriptedConnection(script, {}, { platform: 'hubspot', credentials: { access_token: 't' } });
  const paths = () => http.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  return { http, crm: run(), run, paths };
}

describe('a contact of HubSpot', () => {
  it('with nothing but an id is readable', () => {
    const bare = { id: '1', properties: {}, createdAt: undefined, updatedAt: undefined };
    expect(normalizedContact(bare, 'hubspot', undefined)).toEqual({
      id: '1',
      source_id: '1',
      source_crm: 'hubspot',
      first_name: '',
      last_name: '',
      email: '',
      custom_fields: {},
    });
  });

  it('has a birthday only where the text is a day', () => {
    const born = (date_of_birth: string) => normalizedContact(contact('1', { date_of_birth }), 'hubspot', undefined);
    expect(born('05/15/1900').birthday).toBe('1900-05-15');
    expect(born('in spring').birthday).toBeUndefined();
  });
});

describe('reading a contact', () => {
  const many = Array.from({ length: 400 }, (_, index) => own(`a_property_with_a_long_name_${index}`));

  it('asks in a body for more properties than fit into an address', async () => {
    const batch = ok({ results: [contact('7', { firstname: 'Ada' })] });
    const { crm, http, paths } = fixture(ok({ results: many }), batch);
    expect(await crm.getContactFieldValue('7', 'first_name')).toBe('Ada');
    expect(paths()).toEqual(['GET /crm/v3/properties/contacts', 'POST /crm/v3/objects/contacts/batch/read']);
    expect(http.requests[1]?.json).toMatchObject({ inputs: [{ id: '7' }] });
  });

  it('lists contacts in two steps then', async () => {
    const page = ok({ results: [contact('7'), contact('8')], paging: { next: { after: '8' } } });
    const batch = ok({ results: [contact('8', { firstname: 'B' }), contact('7', { firstname: 'A' })] });
    const { crm, http } = fixture(ok({ results: many }), page, batch);
    const { contacts, has_more: more } = await crm.getContacts({ limit: 2 });
    expect(contacts.map(({ first_name: name }) => name)).toEqual(['A', 'B']);
    expect(more).toBe(true);
    expect(http.requests[1]?.query).toEqual({ limit: 2, after: undefined });
  });

  it('goes without the portal’s fields where they may not be read, and values are texts', async () => {
    const { crm } = fixture(
      { status: 403, json: { category: 'MISSING_SCOPES', message: 'no' } },
      ok(contact('7')),
      ok(contact('7', { loyalty: '12' })),
    );
    expect(await crm.getContactFieldValue('7', 'loyalty')).toBe('12');
  });

  it('asks for a property that does not come with every contact once', async () => {
    const properties = ok({ results: [{ ...own('hs_language'), hubspotDefined: true }] });
    const { crm, http } = fixture(properties, ok(contact('7')), ok(contact('7', { hs_language: 'en' })));
    for (let time = 0; time < 2; time += 1) expect(await crm.getContactFieldValue('7', 'hs_language')).toBe('en');
    expect(http.requests).toHaveLength(3);
    expect(http.requests[2]?.query).toEqual({ properties: 'hs_language' });
  });

  it('leaves out contacts of a list that are gone, and fails for any other reason', async () => {
    const members = ok({ results: [{ recordId: '7' }, { recordId: '8' }] });
    const gone = { results: [contact('8')], numErrors: 1, errors: [{ category: 'OBJECT_NOT_FOUND' }] };
    const first = fixture(lists(list('5', 'T')), noProperties, members, ok(gone, 207));
    expect((await first.crm.getContacts({ tag_id: '5' })).contacts.map(({ id }) => id)).toEqual(['8']);

    for (const [body, kind] of [
      [{ results: [], numErrors: 2, errors: [{ category: 'RATE_LIMITS' }] }, 'rate_limited'],
      [{ results: [], numErrors: 2, errors: [{ category: 'SOMETHING_ELSE' }] }, 'server'],
      [{ results: [], numErrors: 2 }, 'server'],
    ] as const) {
      const { crm } = fixture(lists(list('5', 'T')), noProperties, members, ok(body, 207));
      await expect(crm.getContacts({ tag_id: '5' })).rejects.toMatchObject({ kind, outcome: 'refused' });
    }
  });

  it('says how far a search reaches instead of asking for more', async () => {
    const beyond = { total: 20_000, results: [], paging: { next: { after: '10000' } } };
    const { crm, http } = fixture(noProperties, ok(beyond));
    const query = { filters: { city: 'Oslo' } };
    const { next_cursor: cursor = '', total } = await crm.getContacts(query);
    expect(total).toBe(20_000);
    await expect(crm.getContacts({ ...query, cursor })).rejects.toMatchObject({
      kind: 'validation',
      message: expect.stringContaining('10,000'),
      outcome: 'not_sent',
    });
    expect(http.requests).toHaveLength(2);
  });

  it('asks for no more than the rest of what a search reaches', async () => {
    const near = { total: 20_000, results: [], paging: { next: { after: '9950' } } };
    const { crm, http } = fixture(noProperties, ok(near), ok({ total: 20_000, results: [] }));
    const query = { filters: { city: '' }, limit: 100 };
    const { next_cursor: cursor = '' } = await crm.getContacts(query);
    await crm.getContacts({ ...query, cursor });
    expect(http.requests[2]?.json).toMatchObject({
      limit: 50,
      after: '9950',
      filterGroups: [{ filters: [{ propertyName: 'city', operator: 'NOT_HAS_PROPERTY' }] }],
    });
  });
});

describe('writing a contact', () => {
  it('keeps what was read of it beside what the vendor answers', async () => {
    const read = ok(contact('7', { firstname: 'Ada', lastname: 'Marsh', email: 'a@b.c' }));
    const { crm, http } = fixture(noProperties, read, ok(contact('7', { firstname: 'Adele' })));
    await crm.getContactFieldValue('7', 'email');
    expect(await crm.updateContact('7', { first_name: 'Adele' })).toMatchObject({
      first_name: 'Adele',
      last_name: 'Marsh',
    });
    expect(http.requests).toHaveLength(3);
  });

  it('asks for the properties anew after one was refused', async () => {
    const refused = ok(
      { category: 'VALIDATION_ERROR', message: 'no', errors: [{ code: 'PROPERTY_DOESNT_EXIST' }] },
      400,
    );
    const { crm, paths } = fixture(ok({ results: [own('nick')] }), refused, noProperties, ok(contact('7')));
    await expect(crm.setContactFieldValue('7', 'nick', 'x')).rejects.toMatchObject({ kind: 'validation' });
    await crm.setContactFieldValue('7', 'nick', 'x');
    expect(paths().filter((path) => path.endsWith('/properties/contacts'))).toHaveLength(2);
  });

  it('never sends an id that would lead to another call', async () => {
    const { crm, http } = fixture(noProperties);
    for (const id of ['search', 'batch/read', '7 or 8', 'a@b.c']) {
      await expect(crm.deleteContact(id)).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
      await expect(crm.getContact(id)).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
    }
    expect(http.requests).toEqual([]);
  });
});
