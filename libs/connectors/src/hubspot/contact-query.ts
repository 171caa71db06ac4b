import type { QueryOptions } from '../_kit/contact.js';
import { stateOfCursor } from '../_kit/cursor.js';

const DEFAULT_LIMIT = 25;
export const LARGEST_PAGE = 100;
/** Ids alone come in larger pages. */
export const LARGEST_MEMBER_PAGE = 250;

/** A search shows no more of its results, however many there are. */
const SEARCH_REACH = 10_000;
const MOST_FILTERS = 6;

/** Our field names to the properties that can be searched and sorted by. */
const PROPERTIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    id: 'hs_object_id',
    email: 'email',
    first_name: 'firstname',
    last_name: 'lastname',
    phone: 'phone',
    company: 'company',
    job_title: 'jobtitle',
    website: 'website',
    birthday: 'date_of_birth',
    address1: 'address',
    city: 'city',
    state: 'state',
    zip: 'zip',
    country: 'country',
    created_at: 'createdate',
    updated_at: 'lastmodifieddate',
  }),
);
const ONLY_SORTED: ReadonlySet<string> = new Set(['created_at', 'updated_at']);

/** No sign that addresses cannot have; a text with others asks for something else. */
const ADDRESS = /^[^\s@;,"<>]+@[^\s@;,"<>]+$/;

interface Filter {
  propertyName: string;
  operator: 'EQ' | 'NOT_HAS_PROPERTY';
  value?: string;
}

/** A query in HubSpot's words. */
export type ListQuery =
  | { listing: 'all'; limit: number; after: string | undefined }
  | { listing: 'one'; address: string }
  | { listing: 'search'; limit: number; after: string | undefined; filters: Filter[]; sort: Sort | undefined }
  | { listing: 'members'; limit: number; after: string | undefined; list: string; byTime: boolean }
  | { listing: 'member'; address: string; list: string };

interface Sort {
  propertyName: string;
  direction: 'ASCENDING' | 'DESCENDING';
}

/** @returns a sentence that says what HubSpot cannot do, where it cannot do it */
export function listQuery(options: QueryOptions): ListQuery | string {
  if ((options.offset ?? 0) > 0 && options.cursor === undefined) {
    return 'HubSpot cannot start at an offset; go on with the cursor of the page before';
  }
  const { email, filters = {}, order_by: order } = options;
  const address = email?.trim().toLowerCase();
  if (address !== undefined && !ADDRESS.test(address)) return 'This is not an e-mail address';
  const isPlain = Object.keys(filters).length === 0;
  if (options.tag_id !== undefined) return memberQuery(options, options.tag_id, address);
  // The index of searches lags behind by seconds; reading by address does not.
  if (address !== undefined && isPlain && !order) {
    return options.cursor === undefined ? { listing: 'one', address } : 'The cursor is not one of this query';
  }
  return isPlain && address === undefined && !order ? allQuery(options) : searchQuery(options, address);
}

function allQuery(options: QueryOptions): ListQuery | string {
  const mark = markOf(options);
  return typeof mark === 'string' ? mark : { listing: 'all', limit: limitOf(options), ...mark };
}

function memberQuery(options: QueryOptions, list: string, address: string | undefined): ListQuery | string {
  if (Object.keys(options.filters ?? {}).length > 0) return 'HubSpot cannot filter the contacts of a list';
  const order = options.order_by ?? '';
  if (order !== '' && order !== 'tagged_at') return `HubSpot cannot order the contacts of a list by ${order}`;
  if (address !== undefined) return { listing: 'member', address, list };
  const mark = markOf(options);
  if (typeof mark === 'string') return mark;
  const limit = limitOf(options, options.ids_only === true ? LARGEST_MEMBER_PAGE : LARGEST_PAGE);
  return { listing: 'members', limit, list, byTime: order === 'tagged_at', ...mark };
}

function searchQuery(options: QueryOptions, address: string | undefined): ListQuery | string {
  const mark = markOf(options);
  if (typeof mark === 'string') return mark;
  const reached = Number(mark.after ?? 0);
  if (reached >= SEARCH_REACH) {
    return 'HubSpot shows only the first 10,000 contacts of a search: narrow it with another filter';
  }
  const wanted = { ...options.filters, ...(address === undefined ? {} : { email: address }) };
  if (Object.keys(wanted).length > MOST_FILTERS) return `HubSpot takes at most ${MOST_FILTERS} filters at once`;
  const filters: Filter[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    const propertyName = ONLY_SORTED.has(name) ? undefined : PROPERTIES.get(name);
    if (propertyName === undefined) return `HubSpot cannot filter contacts by ${name}`;
    filters.push(
      value === '' ? { propertyName, operator: 'NOT_HAS_PROPERTY' } : { propertyName, operator: 'EQ', value },
    );
  }
  const sort = sortOf(options.order_by);
  if (typeof sort === 'string') return sort;
  return { listing: 'search', limit: Math.min(limitOf(options), SEARCH_REACH - reached), filters, ...sort, ...mark };
}

function sortOf(order: string | undefined): { sort: Sort | undefined } | string {
  if (order === undefined || order === '') return { sort: undefined };
  const descending = order.startsWith('-');
  const name = descending ? order.slice(1) : order;
  const propertyName = PROPERTIES.get(name);
  if (propertyName === undefined) return `HubSpot cannot order by ${name}`;
  return { sort: { propertyName, direction: descending ? 'DESCENDING' : 'ASCENDING' } };
}

/** A question is always answered by the same listing, so a cursor that is of the question is of the listing. */
function markOf(query: QueryOptions): { after: string | undefined } | string {
  if (query.cursor === undefined) return { after: undefined };
  const after = stateOfCursor({ vendor: 'hubspot', query }, query.cursor);
  return after === undefined ? 'The cursor is not one of this query' : { after };
}

function limitOf({ limit }: QueryOptions, largest = LARGEST_PAGE): number {
  return Math.min(Math.max(1, Math.trunc(limit ?? DEFAULT_LIMIT)), largest);
}
