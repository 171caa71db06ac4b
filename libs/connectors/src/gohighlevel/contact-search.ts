import type { QueryOptions } from '../_kit/contact.js';
import { positionOf, type Position } from './cursor.js';

const DEFAULT_LIMIT = 20;
/** Largest page of the search. */
const LARGEST_PAGE = 500;
/** Longest text a filter compares with. */
const LONGEST_TEXT = 75;

const ADDRESS = /^[^\s@;,<>()]+@[^\s@;,<>()]+$/;

/** Our field names to the search's fields, which are not always those of a contact. */
const FIELDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    id: 'id',
    email: 'email',
    first_name: 'firstNameLowerCase',
    last_name: 'lastNameLowerCase',
    phone: 'phone',
    company: 'companyName',
    website: 'website',
    source: 'source',
    timezone: 'timezone',
    address1: 'address',
    city: 'city',
    state: 'state',
    zip: 'postalCode',
    country: 'country',
  }),
);

const ORDERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    first_name: 'firstNameLowerCase',
    last_name: 'lastNameLowerCase',
    email: 'email',
    source: 'source',
    created_at: 'dateAdded',
    updated_at: 'dateUpdated',
  }),
);

interface Condition {
  field: string;
  operator: 'eq';
  value: string;
}
type Filter = Condition | { group: 'OR'; filters: Condition[] };

export interface ContactSearch {
  body: {
    pageLimit: number;
    searchAfter?: unknown[];
    filters?: Filter[];
    sort?: { field: string; direction: 'asc' | 'desc' }[];
  };
  seen: number;
}

/**
 * A query in the words of the vendor's search.
 * @returns a sentence that says what GoHighLevel cannot do, where it cannot do it
 */
export function contactSearch(options: QueryOptions): ContactSearch | string {
  const { cursor, offset = 0, limit = DEFAULT_LIMIT } = options;
  if (offset > 0 && cursor === undefined) {
    return 'GoHighLevel cannot start at an offset; go on with the cursor of the page before';
  }
  const position = cursor === undefined ? undefined : positionOf(options, cursor);
  if (cursor !== undefined && position === undefined) return 'The cursor is not one of this query';
  const filters = filtersOf(options);
  if (typeof filters === 'string') return filters;
  const sort = sortOf(options.order_by);
  if (typeof sort === 'string') return sort;
  return {
    body: {
      pageLimit: Math.min(Math.max(1, Math.trunc(limit)), LARGEST_PAGE),
      ...after(position),
      ...(filters.length > 0 && { filters }),
      ...(sort !== undefined && { sort: [sort] }),
    },
    seen: position?.seen ?? 0,
  };
}

const after = (position: Position | undefined): { searchAfter?: unknown[] } =>
  position === undefined ? {} : { searchAfter: position.after };

function filtersOf({ filters = {}, email, tag_id: tag }: QueryOptions): Filter[] | string {
  const wanted = { ...filters, ...(email !== undefined && { email }) };
  const made: Filter[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    const field = FIELDS.get(name);
    if (field === undefined) return `GoHighLevel cannot filter contacts by ${name}`;
    if (name === 'email' && !ADDRESS.test(value.trim())) return 'This is not an e-mail address';
    made.push(filterOf(field, value.trim()));
  }
  // Compared as a whole: `contains` would find the tag in the names of other tags.
  if (tag !== undefined) made.push({ field: 'tags', operator: 'eq', value: tag });
  const tooLong = made.some((filter) => 'value' in filter && filter.value.length > LONGEST_TEXT);
  return tooLong ? `GoHighLevel cannot look for texts of more than ${LONGEST_TEXT} characters` : made;
}

/** Addresses are asked for in both spellings, because it is not documented that letter case is ignored. */
function filterOf(field: string, value: string): Filter {
  const lower = value.toLowerCase();
  if (field.endsWith('LowerCase')) return { field, operator: 'eq', value: lower };
  const condition: Condition = { field, operator: 'eq', value };
  if (field !== 'email' || lower === value || value.length > LONGEST_TEXT) return condition;
  return { group: 'OR', filters: [condition, { field, operator: 'eq', value: lower }] };
}

function sortOf(order = ''): { field: string; direction: 'asc' | 'desc' } | string | undefined {
  if (order === '') return undefined;
  const descending = order.startsWith('-');
  const name = descending ? order.slice(1) : order;
  const field = ORDERS.get(name);
  if (field === undefined) return `GoHighLevel cannot order contacts by ${name}`;
  return { field, direction: descending ? 'desc' : 'asc' };
}
