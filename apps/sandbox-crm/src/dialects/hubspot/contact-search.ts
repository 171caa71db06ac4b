import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { inputOf, isObject, objects, text, type Input } from '../input.js';
import type { ContactProperty } from './contact-property.js';
import { contactView } from './contacts.js';
import { afterOf, pageOf, textsOf } from './input.js';
import { propertiesOfContacts } from './properties.js';

const REACH = 10_000;
const LARGEST_PAGE = 200;
const USUAL_PAGE = 10;
const MOST_GROUPS = 5;
const MOST_FILTERS = 6;
/** How long the index of the search takes to learn of a new contact. */
const INDEX_LAG_MS = 3_000;

export const searchOperations: readonly Operation[] = [
  { method: 'POST', path: '/crm/v3/objects/contacts/search', name: 'GetContacts', handle: searchContacts },
];

/** Groups of filters are joined by "or", the filters of a group by "and". Nobody sees more than 10,000 results. */
function searchContacts({ body, store }: Call) {
  const input = inputOf(body);
  const after = afterOf(text(input, 'after'));
  const limit = typeof input['limit'] === 'number' ? input['limit'] : USUAL_PAGE;
  if (limit < 1 || limit > LARGEST_PAGE) throw new Refusal(400, `limit must be from 1 to ${LARGEST_PAGE}`);
  if (after + limit > REACH) throw new Refusal(400, `The requested page lies beyond the first ${REACH} results`);
  const groups = groupsOf(input, store);
  const words = (text(input, 'query') ?? '').trim().toLowerCase();
  const indexed = Date.now() - INDEX_LAG_MS;
  const matching = [...store.contacts.values()].filter(
    (contact) =>
      contact.createdAt <= indexed &&
      (groups.length === 0 || groups.some((tests) => tests.every((test) => test(contact)))) &&
      mentions(contact, words),
  );
  const { results, paging } = pageOf(sorted(matching, input, store), after, limit);
  const views = results.map((contact) => contactView(contact, textsOf(input, 'properties'), store));
  return { status: 200, body: { total: matching.length, results: views, ...(paging && { paging }) } };
}

type Test = (contact: ContactRecord) => boolean;

function groupsOf(input: Input, store: CrmStore): Test[][] {
  const groups = objects(input, 'filterGroups') ?? [];
  if (groups.length > MOST_GROUPS) throw new Refusal(400, `A search takes at most ${MOST_GROUPS} groups of filters`);
  return groups.map((group) => {
    const filters = objects(group, 'filters') ?? [];
    if (filters.length > MOST_FILTERS) throw new Refusal(400, `A group takes at most ${MOST_FILTERS} filters`);
    return filters.map((filter) => testOf(filter, store));
  });
}

function testOf(filter: Input, store: CrmStore): Test {
  const property = propertyOf(text(filter, 'propertyName') ?? '', store);
  const read = (contact: ContactRecord): string => property.read(contact, store).toLowerCase();
  const value = (text(filter, 'value') ?? '').toLowerCase();
  const values = (textsOf(filter, 'values') ?? []).map((item) => item.toLowerCase());
  switch (text(filter, 'operator')) {
    case 'EQ':
      return (contact) => value !== '' && read(contact) === value;
    case 'NEQ':
      return (contact) => read(contact) !== value;
    case 'HAS_PROPERTY':
      return (contact) => read(contact) !== '';
    case 'NOT_HAS_PROPERTY':
      return (contact) => read(contact) === '';
    case 'CONTAINS_TOKEN':
      return (contact) => read(contact).includes(value.replaceAll('*', ''));
    case 'IN':
      return (contact) => values.includes(read(contact));
    case 'NOT_IN':
      return (contact) => !values.includes(read(contact));
    case 'GT':
      return (contact) => read(contact) !== '' && compare(read(contact), value) > 0;
    case 'GTE':
      return (contact) => read(contact) !== '' && compare(read(contact), value) >= 0;
    case 'LT':
      return (contact) => read(contact) !== '' && compare(read(contact), value) < 0;
    case 'LTE':
      return (contact) => read(contact) !== '' && compare(read(contact), value) <= 0;
    default:
      throw new Refusal(400, 'This filter operator does not exist');
  }
}

function sorted(contacts: ContactRecord[], input: Input, store: CrmStore): ContactRecord[] {
  const { sorts } = input;
  if (!Array.isArray(sorts) || sorts.length === 0) return contacts;
  const sort: unknown = sorts[0];
  if (sorts.length > 1 || !isObject(sort)) throw new Refusal(400, 'A search takes one sort at most');
  const property = propertyOf(text(sort, 'propertyName') ?? '', store);
  const sign = text(sort, 'direction') === 'DESCENDING' ? -1 : 1;
  return contacts.sort((a, b) => sign * compare(property.read(a, store), property.read(b, store)));
}

function propertyOf(name: string, store: CrmStore): ContactProperty {
  const property = propertiesOfContacts(store).get(name);
  if (property === undefined) throw new Refusal(400, `There was a problem with the request: no property ${name}`);
  return property;
}

const compare = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

function mentions({ firstName, lastName, emails }: ContactRecord, words: string): boolean {
  if (words === '') return true;
  const all = [firstName, lastName, ...emails.map(({ address }) => address)].join(' ').toLowerCase();
  return words.split(/\s+/).every((word) => all.includes(word));
}
