import { z } from 'zod';

/** Attributes of a record: all of them texts, whatever type they have. An attribute without a value is ''. */
export type OntraportRecord = Readonly<Record<string, string>>;

/** A contact with the attributes that were asked for or that a write brought back. */
export interface OntraportContact extends OntraportRecord {
  readonly id: string;
}

/** PHP writes an object without members as `[]`. */
export const Attributes = z
  .union([z.record(z.string(), z.unknown()), z.tuple([])])
  .transform((members): OntraportRecord => asTexts(members));

export const Records = z.array(Attributes);

/** What an update changed, and nothing else. */
export const Changed = z.object({ attrs: Attributes });

export const CollectionInfo = z.object({ count: z.union([z.string(), z.number()]).transform(Number) });

const FieldMeta = z.object({
  alias: z.string(),
  type: z.string(),
  editable: z.unknown().optional(),
  options: z.unknown().optional(),
});
export type FieldMeta = z.infer<typeof FieldMeta>;

/** Fields of each object type, by the type's number. */
export const Meta = z.record(z.string(), z.object({ fields: z.record(z.string(), FieldMeta) }));

function asTexts(members: object): OntraportRecord {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]: [string, unknown]) => {
      if (value === null) return [[name, '']];
      const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return isScalar ? [[name, String(value)]] : [];
    }),
  );
}
