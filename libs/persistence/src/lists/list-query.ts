import { z } from 'zod';
import { LARGEST_PAGE, type ListDefinition } from './list-definition.js';

/** What a caller asks of a list beside its filter. */
export interface ListRequest {
  /** Items of a page; absent: as the list does it by itself. */
  limit?: number | undefined;
  cursor?: string | undefined;
  order?: string | undefined;
  total: boolean;
}

const LONGEST_CURSOR = 2_048;

const size = (oversize: 'refused' | 'cut', usual: number | 'all') => {
  const whole = z.coerce.number().int();
  if (oversize === 'refused') return whole.min(1).max(LARGEST_PAGE).optional();
  const instead = usual === 'all' ? LARGEST_PAGE : usual;
  return z
    .union([whole, z.string()])
    .transform((limit) => (typeof limit === 'string' || limit < 1 ? instead : Math.min(limit, LARGEST_PAGE)))
    .optional();
};

/** Fields of the query of a list route, to be spread into its schema beside the filters. */
export function listFields<T>(list: ListDefinition<T>) {
  const orders = Object.keys(list.orders).flatMap((name) => [name, `-${name}`]);
  const error = `order_by must be one of ${orders.join(', ')}`;
  return {
    cursor: z.string().max(LONGEST_CURSOR).optional().describe('`next_cursor` of the page before'),
    limit: size(list.oversize, list.size).describe(`Items of a page, at most ${LARGEST_PAGE}`),
    page_size: size(list.oversize, list.size).describe('The same as `limit`'),
    order_by: z
      .enum(orders, { error })
      .optional()
      .describe(`\`-\` is descending; \`${list.defaultOrder}\` unless said`),
    include_total: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .describe('Whether `page_info.total` is wanted'),
  };
}

/** The query of a list route without filters. */
export const listQuery = <T>(list: ListDefinition<T>) => z.object(listFields(list));

interface ParsedFields {
  cursor?: string | undefined;
  limit?: number | undefined;
  page_size?: number | undefined;
  order_by?: string | undefined;
  include_total?: boolean | undefined;
}

/** Separates what is asked of the list from the filter. An empty cursor is none: forms send empty texts. */
export function splitListQuery<Query extends ParsedFields>(
  query: Query,
): { request: ListRequest; filter: Omit<Query, keyof ParsedFields> } {
  const { cursor, limit, page_size, order_by, include_total, ...filter } = query;
  return {
    request: {
      limit: limit ?? page_size,
      cursor: cursor === '' ? undefined : cursor,
      order: order_by,
      total: include_total ?? false,
    },
    filter,
  };
}
