import { describe, expect, it } from '@jest/globals';
import type { QueryOptions } from '../_kit/contact.js';
import { ok, scriptedGohighlevel } from '../testing/scripted-gohighlevel.js';
import type { Scripted } from '../testing/scripted-http.js';

describe('a search', () => {
  const found = (count: number, total: number): Scripted =>
    ok({
      contacts: Array.from({ length: count }, (_, at) => ({ id: `c${at}`, searchAfter: [1000 + at, `c${at}`] })),
      total,
    });

  it('goes on after the last contact until as many were seen as there are', async () => {
    const { crm, bodies } = scriptedGohighlevel([found(2, 3), found(1, 3)]);
    const first = await crm.getContacts({ limit: 2 });
    expect(first).toMatchObject({ has_more: true, total: 3 });
    const second = await crm.getContacts({ limit: 2, cursor: first.next_cursor ?? '' });
    expect(second).toMatchObject({ has_more: false });
    expect(bodies()).toEqual([
      { locationId: 'loc1', pageLimit: 2 },
      { locationId: 'loc1', pageLimit: 2, searchAfter: [1001, 'c1'] },
    ]);
  });

  it('does not take the end of the counting for the end of the list', async () => {
    const { crm } = scriptedGohighlevel([found(2, 10_000), ok({ contacts: [], total: 10_000 })]);
    let page = await crm.getContacts({ limit: 2 });
    for (let pages = 0; pages < 3; pages += 1) {
      if (page.next_cursor === undefined) break;
      page = await crm.getContacts({ limit: 2, cursor: page.next_cursor });
    }
    expect(page).toMatchObject({ contacts: [], has_more: false });
  });

  it.each<[QueryOptions, object]>([
    [{ limit: 100_000 }, { pageLimit: 500 }],
    [
      { email: ' Ada@Example.com ' },
      {
        filters: [
          {
            group: 'OR',
            filters: [
              { field: 'email', operator: 'eq', value: 'Ada@Example.com' },
              { field: 'email', operator: 'eq', value: 'ada@example.com' },
            ],
          },
        ],
      },
    ],
    [{ filters: { first_name: 'Ada' } }, { filters: [{ field: 'firstNameLowerCase', operator: 'eq', value: 'ada' }] }],
    [{ filters: { zip: '85001' } }, { filters: [{ field: 'postalCode', operator: 'eq', value: '85001' }] }],
    [{ order_by: '-created_at' }, { sort: [{ field: 'dateAdded', direction: 'desc' }] }],
  ])('for %j asks %j', async (query, asked) => {
    const { crm, bodies } = scriptedGohighlevel([found(1, 1)]);
    await crm.getContacts(query);
    expect(bodies()[0]).toMatchObject(asked);
  });

  it('of a tag asks for its whole name', async () => {
    const { crm, bodies } = scriptedGohighlevel([ok({ tags: [{ id: 't1', name: 'vip' }] }), found(1, 1)]);
    await crm.getContacts({ tag_id: 'VIP' });
    expect(bodies()[1]).toMatchObject({ filters: [{ field: 'tags', operator: 'eq', value: 'vip' }] });
  });

  it.each<QueryOptions>([
    { filters: { first_name: 'x'.repeat(76) } },
    { email: `${'x'.repeat(80)}@example.com` },
    { email: 'no address' },
    { order_by: 'tagged_at' },
    { order_by: 'constructor' },
    { filters: { constructor: 'x' } },
  ])('is refused before the call: %j', async (query) => {
    const { crm, http } = scriptedGohighlevel([]);
    await expect(crm.getContacts(query)).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
    expect(http.requests).toEqual([]);
  });
});
