import { randomUUID } from 'node:crypto';
import type { Answer } from '../../server/answer.js';
import { one } from '../../server/form.js';
import type { ContactRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { inputOf, type Input } from '../input.js';
import { contactView, foundView } from './contact-view.js';
import { invalid } from './errors.js';
import { checkedLocation, queryLocation } from './location.js';
import { testOf } from './search-filters.js';
import { SearchOrder, type Place } from './search-order.js';

const LARGEST_PAGE = 500;
/** Pages by number end here; beyond them only `searchAfter` leads. */
const REACHED_BY_NUMBER = 10_000;

export const searchOperations: readonly Operation[] = [
  { method: 'POST', path: '/contacts/search', name: 'GetContacts', handle: search },
  { method: 'GET', path: '/contacts/search/duplicate', name: 'GetDuplicate', handle: findDuplicate },
];

function search(call: Call): Answer {
  const { store } = call;
  const input = inputOf(call.body);
  const locationId = checkedLocation(call, input['locationId']);
  const size = pageSize(input);
  const order = new SearchOrder(input, store);
  const after = afterOf(input);
  const skipped = after === undefined ? skippedOf(input, size) : 0;
  const { found, total } = bestOf(call, testOf(input, store), order, after, skipped + size);
  const contacts = found.slice(skipped).map(({ contact, place }) => foundView(contact, store, locationId, place));
  return { status: 200, body: { contacts, total, traceId: randomUUID() } };
}

interface Found {
  contact: ContactRecord;
  place: Place;
}

/** The first ones after a place, kept in order while all are looked at: sorting all for every page would take long. */
function bestOf(
  { store }: Call,
  test: (contact: ContactRecord) => boolean,
  order: SearchOrder,
  after: Place | undefined,
  most: number,
) {
  const found: Found[] = [];
  let total = 0;
  for (const contact of store.contacts.values()) {
    if (!test(contact)) continue;
    total += 1;
    const place = order.placeOf(contact);
    if (after !== undefined && order.compare(place, after) <= 0) continue;
    const last = found.at(-1);
    if (found.length === most && last !== undefined && order.compare(place, last.place) > 0) continue;
    insert(found, { contact, place }, order);
    if (found.length > most) found.pop();
  }
  return { found, total };
}

function insert(found: Found[], item: Found, order: SearchOrder): void {
  let low = 0;
  let high = found.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = found[middle];
    if (other !== undefined && order.compare(other.place, item.place) < 0) low = middle + 1;
    else high = middle;
  }
  found.splice(low, 0, item);
}

function pageSize(input: Input): number {
  const size = input['pageLimit'];
  if (typeof size !== 'number' || !Number.isInteger(size)) throw invalid('pageLimit must be an integer number');
  if (size < 1) throw invalid('pageLimit must not be less than 1');
  if (size > LARGEST_PAGE) throw invalid(`pageLimit must not be greater than ${LARGEST_PAGE}`);
  return size;
}

function skippedOf({ page = 1 }: Input, size: number): number {
  if (typeof page !== 'number' || !Number.isInteger(page) || page < 1) throw invalid('page must not be less than 1');
  if (page * size > REACHED_BY_NUMBER) throw new Refusal(400, 'Use searchAfter to go beyond 10000 records');
  return (page - 1) * size;
}

function afterOf({ searchAfter, page }: Input): Place | undefined {
  if (searchAfter === undefined) return undefined;
  if (page !== undefined) throw new Refusal(400, 'page and searchAfter cannot be used together');
  const isPlace = Array.isArray(searchAfter) && searchAfter.length > 0;
  if (!isPlace) throw invalid('searchAfter must be an array');
  return searchAfter.map((part: unknown) => (typeof part === 'number' ? part : String(part)));
}

function findDuplicate(call: Call): Answer {
  const { query, store } = call;
  const locationId = queryLocation(call, 'locationId');
  const email = one(query, 'email') ?? '';
  const number = one(query, 'number') ?? '';
  const byEmail = email === '' ? undefined : store.contacts.withAddress(email)[0];
  const hasNumber = ({ phones }: ContactRecord): boolean => phones.some((phone) => phone.number === number);
  const contact = byEmail ?? (number === '' ? undefined : [...store.contacts.values()].find(hasNumber));
  return { status: 200, body: { contact: contact === undefined ? null : contactView(contact, store, locationId) } };
}
