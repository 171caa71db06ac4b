import type { Filter } from '../collection.js';
import type { CursorPosition } from '../cursor.js';
import type { ChosenOrder, Field } from './list-definition.js';

/** The value of an order field as cursors and comparisons take it. */
export type PositionValue = string | number | boolean | Date | null;

export function positionOf<T>(item: T, fields: readonly Field<T>[]): PositionValue[] {
  return fields.map((field) => {
    const value: unknown = item[field];
    if (value === undefined || value === null) return null;
    if (value instanceof Date || ['string', 'number', 'boolean'].includes(typeof value)) return value as PositionValue;
    throw new Error(`A list cannot be ordered by "${field}": its value is no text, number or time`);
  });
}

/** Times are texts in a cursor, like ids; a list of one tells them apart. */
export const writePosition = (position: readonly PositionValue[]): CursorPosition =>
  position.map((value) => (value instanceof Date ? [value.toISOString()] : value));

export const readPosition = (position: CursorPosition): PositionValue[] =>
  position.map((value) => (typeof value === 'object' && value !== null ? new Date(value[0] ?? '') : value));

type Condition = Record<string, unknown>;

function beyond(field: string, value: PositionValue, direction: 1 | -1, mayLack: boolean): Condition | undefined {
  if (value === null) return direction === 1 ? { [field]: { $ne: null } } : undefined;
  if (direction === 1) return { [field]: { $gt: value } };
  return mayLack ? { $or: [{ [field]: { $lt: value } }, { [field]: null }] } : { [field]: { $lt: value } };
}

/** The documents that come after a position: equal in some first fields, beyond in the next one. */
export function afterPosition<T>(
  { fields, direction }: ChosenOrder<T>,
  position: readonly PositionValue[],
  optional: readonly Field<T>[],
): Filter<T> {
  const ways = fields.flatMap((field, index) => {
    const further = beyond(field, position[index] ?? null, direction, optional.includes(field));
    if (further === undefined) return [];
    const equal = fields.slice(0, index).map((same, at) => ({ [same]: position[at] ?? null }));
    return [{ $and: [...equal, further] }];
  });
  const [first] = fields;
  const start = position[0] ?? null;
  // A bound on the first field of an index; the ways alone would be looked at one document after the other.
  const bound =
    first === undefined || start === null || optional.includes(first)
      ? []
      : [{ [first]: direction === 1 ? { $gte: start } : { $lte: start } }];
  return { $and: [...bound, { $or: ways }] } as Filter<T>;
}

const byText = new Intl.Collator('en');

function compareValues(left: NonNullable<PositionValue>, right: NonNullable<PositionValue>): number {
  if (typeof left === 'string' && typeof right === 'string') return byText.compare(left, right);
  return Number(left) - Number(right);
}

/** Compares items that are at hand; like in the database, what is missing comes first. */
export function comparePositions(left: readonly PositionValue[], right: readonly PositionValue[]): number {
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? null;
    if (value === null || other === null) {
      if (value === other) continue;
      return value === null ? -1 : 1;
    }
    const compared = compareValues(value, other);
    if (compared !== 0) return compared;
  }
  return 0;
}
