import { describe, expect, it } from '@jest/globals';
import { seedCrm } from '../seed/seed-crm.js';
import { CONTACTS_PER_PAGE, findContacts } from './contact-search.js';

const store = seedCrm({ seed: 1, contacts: 60 }, () => undefined);
const ask = (text: string, page = 1, tagId = '') => findContacts(store, { text, tagId, page });
const idsOf = (text: string) => ask(text).contacts.map(({ id }) => id);

describe('the search for contacts', () => {
  it.each([
    ['a name', 'ada marsh'],
    ['words in any order, of several properties', 'austin ADA'],
    ['an address', 'ada.marsh.1001@'],
    ['a number', '1001'],
    ['a telephone number', '+15125550100'],
  ])('finds by %s', (_case, text) => {
    expect(idsOf(text)).toEqual(['1001']);
  });

  it('does not mind accents on either side', () => {
    const contact = store.contacts.get('1010');
    if (contact === undefined) throw new Error('There is no such contact');
    contact.lastName = 'Škvorecký-Strauß';
    for (const text of ['skvorecky', 'Škvorecky', 'STRAUSS', 'strauß']) expect(idsOf(text)).toEqual(['1010']);
  });

  it('keeps to a tag', () => {
    store.contacts.get('1002')?.tags.push({ tagId: '199', at: 0 });
    expect(ask('', 1, '199').contacts.map(({ id }) => id)).toEqual(['1002']);
    expect(ask('ada', 1, '199')).toMatchObject({ total: 0, page: 1, pages: 1, contacts: [] });
  });

  it('is paged, and stays within the pages there are', () => {
    expect(ask('')).toMatchObject({ total: 60, page: 1, pages: 3 });
    expect(ask('', 2).contacts[0]?.id).toBe(String(1001 + CONTACTS_PER_PAGE));
    for (const page of [3, 99]) expect(ask('', page)).toMatchObject({ page: 3 });
    expect(ask('', 3).contacts).toHaveLength(10);
    for (const page of [0, -4]) expect(ask('', page)).toMatchObject({ page: 1 });
  });
});
