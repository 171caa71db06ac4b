import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sandboxForTest, type SandboxForTest } from '../../testing/sandbox-client.js';

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());

interface Found {
  id: string;
  tags: string[];
  searchAfter: unknown[];
  [name: string]: unknown;
}

async function search(body: object): Promise<{ status: number; contacts: Found[]; total: number; message: unknown }> {
  const reply = await sandbox.request('POST', '/gohighlevel/contacts/search', {
    body: { locationId: 'sandbox-location', pageLimit: 5, ...body },
    headers: { version: '2021-07-28' },
  });
  const { contacts = [], total = 0, message } = reply.body as { contacts?: Found[]; total?: number; message?: unknown };
  return { status: reply.status, contacts, total, message };
}

const ids = ({ contacts }: { contacts: Found[] }): string[] => contacts.map(({ id }) => id);
const field = (name: string, operator: string, value?: unknown) => ({ field: name, operator, value });

describe('the search for contacts', () => {
  it('goes on after a place, in both directions of two keys, none twice and none lost', async () => {
    const sort = [
      { field: 'source', direction: 'desc' },
      { field: 'firstNameLowerCase', direction: 'asc' },
    ];
    const seen: string[] = [];
    let searchAfter: unknown[] | undefined;
    for (;;) {
      const page = await search({ sort, pageLimit: 7, ...(searchAfter !== undefined && { searchAfter }) });
      expect(page.total).toBe(30);
      if (page.contacts.length === 0) break;
      seen.push(...ids(page));
      searchAfter = page.contacts.at(-1)?.searchAfter;
    }
    expect(new Set(seen).size).toBe(30);
    expect(seen).toHaveLength(30);
    expect(seen).toEqual(ids(await search({ sort, pageLimit: 500 })));
  });

  it('shows pages by number, newest first, up to a depth', async () => {
    const [first, second] = [await search({ page: 1 }), await search({ page: 2 })];
    const dates = [...first.contacts, ...second.contacts].map(({ dateAdded }) => String(dateAdded));
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(ids(first)).not.toEqual(ids(second));
    expect(await search({ page: 21, pageLimit: 500 })).toMatchObject({ status: 400 });
  });

  it('calls some things otherwise than single contacts do', async () => {
    const [ada] = (await search({ filters: [field('email', 'eq', 'ADA.marsh.1001@example.com')] })).contacts;
    expect(ada).toMatchObject({ id: '1001', address: expect.any(String), contactName: 'ada marsh' });
    expect(ada).not.toHaveProperty('address1');
  });

  it.each([
    ['the whole name of a tag', [field('tags', 'eq', 'VIP')], ({ tags }: Found) => tags.includes('vip')],
    ['a part of it', [field('tags', 'contains', 'webinar')], ({ tags }: Found) => tags.join().includes('webinar')],
    ['not a tag', [field('tags', 'not_eq', 'vip')], ({ tags }: Found) => !tags.includes('vip')],
    ['no company', [field('companyName', 'not_exists')], ({ companyName }: Found) => companyName === null],
    ['a custom field', [field('customFields.13', 'eq', 'Plus')], () => true],
    [
      'one of two',
      [{ group: 'OR', filters: [field('id', 'eq', '1001'), field('id', 'eq', '1002')] }],
      ({ id }: Found) => id === '1001' || id === '1002',
    ],
    [
      'both of two',
      [{ group: 'AND', filters: [field('id', 'eq', '1001'), field('firstNameLowerCase', 'eq', 'ada')] }],
      ({ id }: Found) => id === '1001',
    ],
  ])('filters by %s', async (_name, filters, holds) => {
    const { contacts, total } = await search({ filters, pageLimit: 500 });
    expect(contacts.length).toBeGreaterThan(0);
    expect(total).toBe(contacts.length);
    expect(contacts.every(holds)).toBe(true);
  });

  it.each([
    [{ pageLimit: undefined }, 422],
    [{ pageLimit: 0 }, 422],
    [{ pageLimit: 501 }, 422],
    [{ locationId: undefined }, 422],
    [{ locationId: 'elsewhere' }, 403],
    [{ page: 0 }, 422],
    [{ page: 1, searchAfter: [1, '1001'] }, 400],
    [{ searchAfter: 'x' }, 422],
    [{ filters: [field('favourite', 'eq', 'x')] }, 400],
    [{ filters: [field('email', 'contains', 'x')] }, 400],
    [{ filters: [field('city', 'eq', 'x'.repeat(76))] }, 400],
    [{ filters: [field('city', 'eq')] }, 400],
    [{ filters: [{ group: 'XOR', filters: [] }] }, 400],
    [{ sort: [{ field: 'city', direction: 'asc' }] }, 400],
  ])('refuses %j with %i', async (body, status) => {
    expect((await search(body)).status).toBe(status);
  });

  it('finds a duplicate by address or number', async () => {
    const ask = async (query: string) =>
      (
        await sandbox.request('GET', `/gohighlevel/contacts/search/duplicate?locationId=sandbox-location&${query}`, {
          headers: { version: '2021-07-28' },
        })
      ).body['contact'] as Found | null;
    expect((await ask('email=Ada.Marsh.1001@example.com'))?.id).toBe('1001');
    const number = String((await ask('email=ben.okafor.1002@example.com'))?.['phone']);
    expect((await ask(`number=${encodeURIComponent(number)}`))?.['phone']).toBe(number);
    expect(await ask('email=nobody@example.com')).toBeNull();
  });
});
