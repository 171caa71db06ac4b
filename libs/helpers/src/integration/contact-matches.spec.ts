import { describe, expect, test } from '@jest/globals';
import type { ContactList, NormalizedContact, QueryOptions } from '#connectors';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import { findMatches, shown } from './contact-matches.js';

const contact = (id: number): NormalizedContact => ({
  id: String(id),
  first_name: `n${id}`,
  last_name: '',
  email: '',
  source_crm: 'sandbox',
  source_id: String(id),
});

/** A CRM of so many contacts that gives at most `page` of them at once, and of empty pages where nobody is. */
function crmOf(count: number, page: number) {
  const asked: QueryOptions[] = [];
  const getContacts = (options: QueryOptions): Promise<ContactList> => {
    asked.push(options);
    const from = Number(options.cursor ?? 0);
    const to = Math.min(count, from + Math.min(page, options.limit ?? page));
    const contacts = Array.from({ length: to - from }, (_, index) => contact(from + index));
    return Promise.resolve({
      contacts,
      total: -1,
      has_more: to < count,
      ...(to < count && { next_cursor: String(to) }),
    });
  };
  return { crm: { getContacts } as unknown as ContactCrm, asked };
}

describe('finding contacts', () => {
  test.each([
    [5, 2, 3, 3, true],
    [5, 2, 5, 5, false],
    [5, 10, 5, 5, false],
    [5, 10, 9, 5, false],
    [0, 10, 9, 0, false],
  ])('%p contacts, %p at once, of which %p are wanted', async (count, page, limit, found, more) => {
    const { contacts, hasMore } = await findMatches(crmOf(count, page).crm, {}, limit);
    expect(contacts).toHaveLength(found);
    expect(hasMore).toBe(more);
  });

  test('the selection goes with each page', async () => {
    const { crm, asked } = crmOf(3, 1);
    await findMatches(crm, { tag_id: '7' }, 3);
    expect(asked).toEqual([
      { tag_id: '7', limit: 3 },
      { tag_id: '7', limit: 3, cursor: '1' },
      { tag_id: '7', limit: 3, cursor: '2' },
    ]);
  });

  test('a limit counts what is wanted, not what is read', async () => {
    const even = ({ id }: NormalizedContact): boolean => Number(id) % 2 === 0;
    const found = await findMatches(crmOf(100, 10).crm, {}, 7, even);
    expect(found.contacts.map(({ id }) => Number(id))).toEqual([0, 2, 4, 6, 8, 10, 12]);
    expect(found.hasMore).toBe(true);
  });

  test('a CRM without end is left after many pages', async () => {
    const { crm, asked } = crmOf(10_000_000, 1);
    const found = await findMatches(crm, {}, 10, () => false);
    expect(found).toEqual({ contacts: [], hasMore: true });
    expect(asked.length).toBeLessThanOrEqual(200);
  });
});

test('the output shows some of many', () => {
  const contacts = Array.from({ length: 600 }, (_, index) => contact(index));
  expect(shown(contacts, ({ id }) => id)).toHaveLength(500);
});
