import { z } from 'zod';

/** Ids come as texts and as numbers. */
export const Id = z.union([z.string().min(1), z.number()]).transform(String);

/** A moment that a vendor tells, in any of its spellings; `otherwise` for one that cannot be read. */
export function momentOf(value: unknown, otherwise: Date): Date {
  const time =
    typeof value === 'number' || (typeof value === 'string' && /^\d{9,13}$/.test(value))
      ? Number(value) * (Number(value) < 1e11 ? 1000 : 1)
      : typeof value === 'string'
        ? Date.parse(value)
        : Number.NaN;
  return Number.isNaN(time) ? otherwise : new Date(time);
}
