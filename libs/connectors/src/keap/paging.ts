import type { z } from 'zod';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { VendorCall } from '../_kit/call/vendor-call.js';

/** Largest page that Keap gives. */
export const LARGEST_PAGE = 1000;

/** A loop in the vendor's tokens must not become an endless one here. */
const MOST_PAGES = 10_000;

type Page = { next_page_token?: string | null | undefined };

/** All pages of a list, one after the other. */
export async function everyPage<P extends Page, Item>(
  client: VendorClient,
  call: Omit<VendorCall<P>, 'method' | 'repeatable' | 'answer'> & { answer: z.ZodType<P> },
  itemsOf: (page: P) => readonly Item[] | null | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: P = await client.call<P>({
      ...call,
      method: 'GET',
      repeatable: true,
      query: { ...call.query, page_size: LARGEST_PAGE, page_token: token },
    });
    items.push(...(itemsOf(page) ?? []));
    token = nextToken(page);
    if (token === undefined) break;
  }
  return items;
}

export function nextToken(page: Page): string | undefined {
  return page.next_page_token === null || page.next_page_token === '' ? undefined : page.next_page_token;
}
