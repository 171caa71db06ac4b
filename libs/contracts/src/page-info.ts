import { z } from 'zod';

/** Where a page of a list stands; every list of the API has it. */
export const PageInfo = z
  .object({
    /** Give it as `cursor` to get the next page; null on the last one. */
    next_cursor: z.string().nullable(),
    has_more: z.boolean(),
    /** The most items a page has; on a list that is answered as a whole, the number of its items. */
    page_size: z.int(),
    /** Items on all pages; only where the caller asked for it. */
    total: z.int().optional(),
  })
  .meta({ id: 'PageInfo' });
export type PageInfo = z.infer<typeof PageInfo>;
