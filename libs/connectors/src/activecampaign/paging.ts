import type { z } from 'zod';
import type { VendorCall } from '../_kit/call/vendor-call.js';
import type { Caller } from './caller.js';
import type { Meta } from './schemas.js';

/** Largest page that the vendor gives. */
export const LARGEST_PAGE = 100;

/** A total that never comes true must not become an endless walk. */
const MOST_PAGES = 2_000;

/** The number of records, or undefined when the answer does not tell. */
export function totalOf(meta: Meta): number | undefined {
  const total = Number(meta?.total ?? Number.NaN);
  return Number.isInteger(total) && total >= 0 ? total : undefined;
}

/** All pages of a list, one after the other. An answer without a total is the whole list. */
export async function everyPage<P extends { meta?: Meta }>(
  client: Caller,
  call: Omit<VendorCall<P>, 'method' | 'repeatable' | 'answer'> & { answer: z.ZodType<P> },
  countOf: (page: P) => number,
): Promise<P[]> {
  const pages: P[] = [];
  let offset = 0;
  while (pages.length < MOST_PAGES) {
    const page = await client.call<P>({
      ...call,
      method: 'GET',
      repeatable: true,
      query: { ...call.query, limit: LARGEST_PAGE, ...(offset === 0 ? {} : { offset }) },
    });
    pages.push(page);
    const count = countOf(page);
    offset += count;
    if (count === 0 || offset >= (totalOf(page.meta) ?? 0)) break;
  }
  return pages;
}
