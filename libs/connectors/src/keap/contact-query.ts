import type { QueryOptions } from '../_kit/contact.js';
import { criterion } from './filter.js';
import { stateOfCursor } from '../_kit/cursor.js';
import { LARGEST_PAGE } from './paging.js';

const DEFAULT_LIMIT = 25;

/** Our field names to Keap's criteria. Company is asked by id, so it is looked up before. */
const CRITERIA: Readonly<Record<string, string>> = {
  id: 'ids',
  email: 'email',
  first_name: 'given_name',
  last_name: 'family_name',
  phone: 'phone_number',
  company: 'company_id',
  address1: 'billing_address_line1',
  city: 'billing_address_locality',
  state: 'billing_address_region',
  zip: 'billing_address_postal_code',
  country: 'billing_address_country_code',
};

const TAGGED_CRITERIA: ReadonlySet<string> = new Set(['given_name', 'family_name', 'email']);

const ORDERS: Readonly<Record<string, string>> = {
  id: 'id',
  email: 'email',
  created_at: 'create_time',
  updated_at: 'update_time',
};

const TAGGED_ORDERS: Readonly<Record<string, string>> = {
  email: 'email',
  first_name: 'given_name',
  last_name: 'family_name',
  tagged_at: 'applied_time',
};

export interface ListQuery {
  page_size: number;
  page_token: string | undefined;
  filter: string | undefined;
  order_by: string | undefined;
}

/** The company of a filter is told by id; the caller finds it out. */
export type CompanyId = string | undefined;

/**
 * A query in Keap's words.
 * @returns a sentence that says what Keap cannot do, where it cannot do it
 */
export function listQuery(options: QueryOptions, company: CompanyId): ListQuery | string {
  if (options.offset !== undefined && options.offset > 0 && options.cursor === undefined) {
    return 'Keap cannot start at an offset; go on with the cursor of the page before';
  }
  const page_token =
    options.cursor === undefined ? undefined : stateOfCursor({ vendor: 'keap', query: options }, options.cursor);
  if (options.cursor !== undefined && page_token === undefined) return 'The cursor is not one of this query';

  const tagged = options.tag_id !== undefined;
  const filter = filterOf(options, company, tagged);
  if (typeof filter !== 'object') return filter;
  const order_by = orderOf(options.order_by, tagged ? TAGGED_ORDERS : ORDERS);
  if (typeof order_by === 'object') return order_by.problem;

  const page_size = Math.min(Math.max(1, Math.trunc(options.limit ?? DEFAULT_LIMIT)), LARGEST_PAGE);
  return { page_size, page_token, filter: filter.text, order_by };
}

function filterOf(options: QueryOptions, company: CompanyId, tagged: boolean): { text: string | undefined } | string {
  const wanted = { ...options.filters, ...(options.email === undefined ? {} : { email: options.email }) };
  const parts: string[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    const property = CRITERIA[name];
    if (property === undefined || (tagged && !TAGGED_CRITERIA.has(property))) {
      return `Keap cannot filter ${tagged ? 'the contacts of a tag' : 'contacts'} by ${name}`;
    }
    const part = criterion(property, name === 'company' ? (company ?? '0') : value);
    if (part === undefined) return `Keap cannot look for this value of ${name}`;
    parts.push(part);
    if (property === 'phone_number') parts.push('phone_fields==PHONE1,PHONE2,PHONE3,PHONE4,PHONE5');
  }
  return { text: parts.length > 0 ? parts.join(';') : undefined };
}

function orderOf(
  order: string | undefined,
  orders: Readonly<Record<string, string>>,
): string | undefined | { problem: string } {
  if (order === undefined || order === '') return undefined;
  const descending = order.startsWith('-');
  const name = descending ? order.slice(1) : order;
  const property = orders[name];
  if (property === undefined) return { problem: `Keap cannot order by ${name}` };
  return `${property} ${descending ? 'desc' : 'asc'}`;
}
