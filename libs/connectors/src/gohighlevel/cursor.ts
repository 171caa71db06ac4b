/** Where a listing goes on: the vendor's own marker, and how many contacts came before it. */
export interface Position {
  after: unknown[];
  seen: number;
}

const PREFIX = 'ghl1:';

/** Cursors are opaque outside: nobody may build on the vendor's markers. */
export function cursorOf({ after, seen }: Position): string {
  return Buffer.from(PREFIX + JSON.stringify([seen, ...after])).toString('base64url');
}

/** @returns undefined for a cursor that is not ours */
export function positionOf(cursor: string): Position | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith(PREFIX)) return undefined;
  try {
    const [seen, ...after]: unknown[] = JSON.parse(text.slice(PREFIX.length)) as unknown[];
    return typeof seen === 'number' && after.length > 0 ? { seen, after } : undefined;
  } catch {
    // Cut or made up: whoever gave it hears that it is none.
    return undefined;
  }
}
