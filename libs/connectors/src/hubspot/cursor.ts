/** Which of HubSpot's three ways to list contacts a cursor belongs to; none of them goes on with another's. */
export type Listing = 'all' | 'search' | 'members';

const PREFIX = 'hubspot1';

/** Cursors are opaque outside: nobody may build on the vendor's marks. */
export function cursorOf(listing: Listing, after: string): string {
  return Buffer.from(`${PREFIX}:${listing}:${after}`).toString('base64url');
}

/** @returns undefined for a cursor that is not one of this listing */
export function afterOf(listing: Listing, cursor: string): string | undefined {
  const [prefix, of, ...after] = Buffer.from(cursor, 'base64url').toString().split(':');
  const mark = after.join(':');
  return prefix === PREFIX && of === listing && mark !== '' ? mark : undefined;
}
