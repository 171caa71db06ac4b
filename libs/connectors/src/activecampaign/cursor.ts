import { z } from 'zod';

/**
 * Where a walk goes on: after (or, downwards, before) the last id, which costs the vendor the same on every page and
 * misses nobody when contacts come and go meanwhile; or at an offset, for orders that cannot go by id.
 */
const Place = z.object({
  by: z.enum(['after', 'before', 'offset']),
  at: z.string().regex(/^\d{1,15}$/),
  /** How many there were at the first page: later pages by id count only what is left. */
  total: z.number().int(),
});
export type Place = z.infer<typeof Place>;

const MARK = 'ac1:';

/** Cursors are opaque outside: nobody may build on ids or offsets. */
export function cursorOf(place: Place): string {
  return Buffer.from(MARK + JSON.stringify(place)).toString('base64url');
}

/** @returns undefined for a cursor that is not ours */
export function placeOf(cursor: string): Place | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith(MARK)) return undefined;
  try {
    return Place.safeParse(JSON.parse(text.slice(MARK.length))).data;
  } catch {
    return undefined;
  }
}
