import type { QueryOptions } from '../_kit/contact.js';
import { stateOfCursor } from '../_kit/cursor.js';
import { LARGEST_PAGE } from './objects.js';

/** Whose cursors these are. */
export const VENDOR = 'ontraport';

const DEFAULT_LIMIT = 25;

/** One record more than is shown is asked for: a tag's list does not tell how long it is. */
const LARGEST_TAG_PAGE = LARGEST_PAGE - 1;

/** Our field names to Ontraport's, for filters. */
const FILTERS: Readonly<Record<string, string>> = {
  id: 'id',
  email: 'email',
  first_name: 'firstname',
  last_name: 'lastname',
  phone: 'office_phone',
  company: 'company',
  job_title: 'title',
  website: 'website',
  birthday: 'birthday',
  address1: 'address',
  city: 'city',
  state: 'state',
  zip: 'zip',
  country: 'country',
};

const ORDERS: Readonly<Record<string, string>> = {
  id: 'id',
  email: 'email',
  first_name: 'firstname',
  last_name: 'lastname',
  company: 'company',
  city: 'city',
  created_at: 'date',
  updated_at: 'dlm',
};

export interface ListQuery {
  start: number;
  limit: number;
  sort: string;
  sortDir: 'asc' | 'desc';
  /** Ontraport's keys and the product's values; all must hold. */
  wanted: readonly (readonly [key: string, value: string])[];
}

/**
 * A query in Ontraport's words.
 * @returns a sentence that says what Ontraport cannot do, where it cannot do it
 */
export function listQuery(options: QueryOptions): ListQuery | string {
  const tagged = options.tag_id !== undefined;
  const start = startOf(options);
  if (start === undefined) return 'The cursor is not one of this query';

  const asked = { ...options.filters, ...(options.email === undefined ? {} : { email: options.email.trim() }) };
  const wanted: [string, string][] = [];
  for (const [name, value] of Object.entries(asked)) {
    const key = FILTERS[name];
    if (key === undefined || tagged) {
      return `Ontraport cannot filter ${tagged ? 'the contacts of a tag' : 'contacts'} by ${name}`;
    }
    if (value === '') return `Ontraport cannot look for contacts without ${name}`;
    wanted.push([key, value]);
  }

  const descending = options.order_by?.startsWith('-') === true;
  const name = descending ? options.order_by?.slice(1) : options.order_by;
  const sort = name === undefined || name === '' ? 'id' : ORDERS[name];
  if (sort === undefined || (tagged && name !== undefined && name !== '')) {
    return `Ontraport cannot order ${tagged ? 'the contacts of a tag' : 'contacts'} by ${name ?? ''}`;
  }

  const largest = tagged ? LARGEST_TAG_PAGE : LARGEST_PAGE;
  const limit = Math.min(Math.max(1, Math.trunc(options.limit ?? DEFAULT_LIMIT)), largest);
  return { start, limit, sort, sortDir: descending ? 'desc' : 'asc', wanted };
}

/** Whether the list goes on or begins; Ontraport counts records from its beginning. */
function startOf({ cursor, offset = 0, ...query }: QueryOptions): number | undefined {
  if (cursor === undefined) return Math.max(0, Math.trunc(offset));
  const state = stateOfCursor({ vendor: VENDOR, query }, cursor);
  return state !== undefined && /^\d{1,12}$/.test(state) ? Number(state) : undefined;
}
