import type { QueryOptions } from '../_kit/contact.js';
import { INCLUDED } from './contact-record.js';
import { placeOf, type Place } from './cursor.js';
import { LARGEST_PAGE } from './paging.js';

const DEFAULT_LIMIT = 20;

/** Our field names to the vendor's parameters, with the values that can be asked for. */
const CRITERIA: ReadonlyMap<string, [parameter: string, form: RegExp]> = new Map([
  ['id', ['ids', /^\d+$/]],
  ['email', ['email', /^[^\s@;,<>]+@[^\s@;,<>]+$/]],
  ['phone', ['phone', /^[+\d][\d\s().-]*$/]],
]);

/** Our orders to the vendor's; only the id can be walked without offsets. */
const ORDERS: ReadonlyMap<string, string> = new Map([
  ['id', 'id'],
  ['email', 'email'],
  ['created_at', 'cdate'],
]);

export interface ListQuery {
  parameters: Record<string, string | number>;
  /** How the page after this one is asked for. */
  by: Place['by'];
  offset: number;
  /** As the first page told it. */
  total: number | undefined;
}

/**
 * A query in the vendor's words.
 * @returns a sentence that says what cannot be asked for, where something cannot
 */
export function listQuery(options: QueryOptions): ListQuery | string {
  const place = options.cursor === undefined ? undefined : placeOf(options, options.cursor);
  if (options.cursor !== undefined && place === undefined) return 'The cursor is not one of this query';
  const criteria = criteriaOf(options);
  if (typeof criteria === 'string') return criteria;

  const descending = options.order_by?.startsWith('-') === true;
  const name = (descending ? options.order_by?.slice(1) : options.order_by) || 'id';
  const order = ORDERS.get(name);
  if (order === undefined) return `ActiveCampaign cannot order contacts by ${name}`;
  const offset = place === undefined ? Math.max(0, Math.trunc(options.offset ?? 0)) : offsetOf(place);
  const by = place?.by ?? (order !== 'id' || offset > 0 ? 'offset' : descending ? 'before' : 'after');
  return {
    parameters: {
      limit: Math.min(Math.max(1, Math.trunc(options.limit ?? DEFAULT_LIMIT)), LARGEST_PAGE),
      ...criteria,
      [`orders[${order}]`]: descending ? 'DESC' : 'ASC',
      ...(place?.by === 'after' ? { id_greater: place.at } : {}),
      ...(place?.by === 'before' ? { id_less: place.at } : {}),
      ...(offset > 0 ? { offset } : {}),
      ...(options.ids_only === true && options.email === undefined ? {} : { include: INCLUDED }),
    },
    by,
    offset,
    total: place?.total,
  };
}

function offsetOf({ by, at }: Place): number {
  return by === 'offset' ? Number(at) : 0;
}

function criteriaOf(options: QueryOptions): Record<string, string> | string {
  const wanted = { ...options.filters, ...(options.email === undefined ? {} : { email: options.email }) };
  const criteria: Record<string, string> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const [parameter, form] = CRITERIA.get(name) ?? [];
    if (parameter === undefined || form === undefined) return `ActiveCampaign cannot filter contacts by ${name}`;
    if (!form.test(value.trim())) return `ActiveCampaign cannot look for this value of ${name}`;
    criteria[parameter] = value.trim();
  }
  if (options.tag_id !== undefined) criteria['tagid'] = options.tag_id;
  return criteria;
}
