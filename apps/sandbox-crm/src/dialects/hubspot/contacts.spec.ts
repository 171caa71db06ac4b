import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { effectsOf, sandboxForTest, type Reply, type SandboxForTest } from '../../testing/sandbox-client.js';

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());

const OBJECTS = '/hubspot/crm/v3/objects';
const call = (method: string, path: string, body?: unknown): Promise<Reply> =>
  sandbox.request(method, OBJECTS + path, body === undefined ? {} : { body });

interface WireContact {
  id: string;
  properties: Record<string, string | null>;
}
const resultsOf = (reply: Reply): WireContact[] => reply.body['results'] as WireContact[];
const textsOf = (reply: Reply): Record<string, string | null> => reply.body['properties'] as Record<string, string>;
const codeOf = (reply: Reply): unknown => /"error":"([A-Z_]+)"/.exec(String(reply.body['message']))?.[1];

describe('contacts', () => {
  it('come with what is asked for and nothing else, all of it as text', async () => {
    const asked = await call('GET', '/contacts/1001?properties=firstname,score,newsletter,no_such_property');
    expect(asked.body).toMatchObject({ id: '1001', archived: false });
    expect(Object.keys(textsOf(asked)).sort()).toEqual(
      ['createdate', 'firstname', 'hs_object_id', 'lastmodifieddate', 'newsletter', 'score'].sort(),
    );
    for (const text of Object.values(textsOf(asked))) expect(text === null || typeof text === 'string').toBe(true);
    expect(Object.keys(textsOf(await call('GET', '/contacts/1001')))).toContain('email');
  });

  it('are found by address, and listed from the mark of the page before', async () => {
    const found = await call('GET', '/contacts/ADA.marsh.1001@example.com?idProperty=email');
    expect(found.body['id']).toBe('1001');
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await call('GET', `/contacts?limit=7${after === undefined ? '' : `&after=${after}`}`);
      seen.push(...resultsOf(page).map(({ id }) => id));
      after = (page.body['paging'] as { next: { after: string } } | undefined)?.next.after;
    } while (after !== undefined);
    expect(new Set(seen).size).toBe(30);
    expect((await call('GET', '/contacts?limit=101')).status).toBe(400);
  });

  it('are refused a second time for one address, and the first one is named', async () => {
    const refused = await call('POST', '/contacts', { properties: { email: 'ADA.marsh.1001@example.com' } });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ category: 'CONFLICT', message: expect.stringContaining('Existing ID: 1001') });
  });

  it.each([
    ['no_such_property', 'x', 'PROPERTY_DOESNT_EXIST'],
    ['createdate', '2026-01-01', 'READ_ONLY_VALUE'],
    ['favorite_product', 'Starter Course', 'INVALID_OPTION'],
    ['interests', 'books;Coaching', 'INVALID_OPTION'],
    ['newsletter', 'yes', 'INVALID_BOOLEAN'],
    ['score', 'many', 'INVALID_LONG'],
    ['renewal_date', '2026-01-01T10:00:00Z', 'INVALID_DATE'],
    ['renewal_date', '1772361000000', 'INVALID_DATE'],
    ['email', 'no address', 'INVALID_EMAIL'],
    ['hubspot_owner_id', '999', 'INVALID_OWNER_ID'],
  ])('keep all they have when %s is to be %s', async (name, value, code) => {
    const refused = await call('PATCH', '/contacts/1002', { properties: { firstname: 'Changed', [name]: value } });
    expect([refused.status, codeOf(refused)]).toEqual([400, code]);
    expect(refused.body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
    expect(textsOf(await call('GET', '/contacts/1002'))['firstname']).toBe('Ben');
  });

  it('take values as text only, and clear with an empty one', async () => {
    expect((await call('PATCH', '/contacts/1003', { properties: { score: 5 } })).status).toBe(400);
    const properties = { renewal_date: '1772323200000', interests: 'books', company: 'Acme', phone: '', score: '' };
    await call('PATCH', '/contacts/1003', { properties });
    await call('PATCH', '/contacts/1003', { properties: { interests: ';coaching' } });
    const read = await call('GET', `/contacts/1003?properties=${Object.keys(properties).join(',')}`);
    expect(textsOf(read)).toMatchObject({
      renewal_date: '2026-03-01',
      interests: 'books;coaching',
      company: 'Acme',
      phone: null,
      score: null,
    });
  });

  it('are archived without a word, also when they are gone', async () => {
    for (let time = 0; time < 2; time += 1) expect((await call('DELETE', '/contacts/1004')).status).toBe(204);
    expect((await call('GET', '/contacts/1004')).body['category']).toBe('OBJECT_NOT_FOUND');
    expect(await effectsOf(sandbox, '?contact_id=1004')).toEqual([
      { operation: 'DeleteContact', contact_id: '1004', args: {} },
    ]);
  });

  it('are read in batches, with what is missing told inside a success', async () => {
    const inputs = [{ id: '1005' }, { id: '424242' }];
    const part = await call('POST', '/contacts/batch/read', { inputs, properties: ['email'] });
    expect(part.status).toBe(207);
    expect(part.body).toMatchObject({ numErrors: 1, errors: [{ category: 'OBJECT_NOT_FOUND' }] });
    expect(resultsOf(part).map(({ id }) => id)).toEqual(['1005']);
    const many = Array.from({ length: 101 }, () => ({ id: '1005' }));
    expect((await call('POST', '/contacts/batch/read', { inputs: many, properties: [] })).status).toBe(400);
  });
});

describe('the search', () => {
  const search = (body: object): Promise<Reply> => call('POST', '/contacts/search', body);
  const filter = (propertyName: string, operator: string, more: object = {}) => ({ propertyName, operator, ...more });
  const idsOf = async (...filters: object[]): Promise<string[]> => {
    const found = await search({ filterGroups: [{ filters }], limit: 200 });
    return resultsOf(found).map(({ id }) => id);
  };

  it('joins filters by "and" and groups by "or"', async () => {
    const [ada, ben] = [filter('firstname', 'EQ', { value: 'ADA' }), filter('firstname', 'EQ', { value: 'ben' })];
    expect(await idsOf(ada, ben)).toEqual([]);
    const either = await search({ filterGroups: [{ filters: [ada] }, { filters: [ben] }], limit: 200 });
    expect(either.body['total']).toBe(resultsOf(either).length);
    expect(resultsOf(either).map(({ id }) => id)).toEqual(expect.arrayContaining(['1001', '1002']));
  });

  it.each([
    ['NEQ', { value: 'ada' }],
    ['HAS_PROPERTY', {}],
    ['NOT_IN', { values: ['nobody'] }],
    ['CONTAINS_TOKEN', { value: 'be*' }],
    ['IN', { values: ['ben'] }],
  ])('knows the operator %s', async (operator, more) => {
    expect(await idsOf(filter('hs_object_id', 'EQ', { value: '1002' }), filter('firstname', operator, more))).toEqual([
      '1002',
    ]);
  });

  it('compares numbers as numbers', async () => {
    const found = await idsOf(filter('score', 'GTE', { value: '9' }), filter('score', 'LT', { value: '100' }));
    expect(found.length).toBeGreaterThan(1);
    expect(await idsOf(filter('score', 'GT', { value: '9' }), filter('score', 'LTE', { value: '9' }))).toEqual([]);
  });

  it('does not know a contact yet that was made just now', async () => {
    const { body } = await call('POST', '/contacts', { properties: { email: 'brand.new@example.com' } });
    const found = await search({ query: 'brand.new@example.com' });
    expect(found.body['total']).toBe(0);
    const read = await call('GET', '/contacts/brand.new@example.com?idProperty=email');
    expect(read.body['id']).toBe(body['id']);
  });

  it('sorts by one property, and looks for words', async () => {
    const sorts = [{ propertyName: 'email', direction: 'DESCENDING' }];
    const emails = resultsOf(await search({ sorts, properties: ['email'], limit: 30 })).map(
      ({ properties }) => properties['email'] ?? '',
    );
    expect(emails).toEqual(emails.toSorted().toReversed());
    const words = await search({ query: 'ada marsh' });
    expect(resultsOf(words).map(({ id }) => id)).toContain('1001');
  });

  it.each([
    ['what lies beyond 10,000 results', { after: '9999', limit: 2 }],
    ['a larger page than 200', { limit: 201 }],
    ['more than five groups', { filterGroups: Array.from({ length: 6 }, () => ({ filters: [] })) }],
    [
      'more than six filters in a group',
      { filterGroups: [{ filters: Array.from({ length: 7 }, () => filter('email', 'HAS_PROPERTY')) }] },
    ],
    ['an unknown property', { filterGroups: [{ filters: [filter('nowhere', 'EQ', { value: 'x' })] }] }],
    ['an unknown operator', { filterGroups: [{ filters: [filter('email', 'LIKE', { value: 'x' })] }] }],
    ['two sorts', { sorts: [{ propertyName: 'email' }, { propertyName: 'city' }] }],
  ])('refuses %s', async (_name, body) => {
    expect((await search(body)).status).toBe(400);
  });
});
