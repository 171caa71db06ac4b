/** A list of the API as its route declares it once: how it can be ordered and paged. */
export interface ListDefinition<T> {
  /** Cursors of one list are not valid on another. */
  readonly name: string;
  /** Names for `order_by`, each with the fields it stands for; the key follows by itself and makes the order stable. */
  readonly orders: Readonly<Record<string, readonly Field<T>[]>>;
  /** Order without `order_by`; `-` is descending. */
  readonly defaultOrder: string;
  /** Fields among the orders that an item may lack. Missing ones come first, in descending order last. */
  readonly optional: readonly Field<T>[];
  /** Unique field of the items. */
  readonly key: Field<T>;
  /** Items of a page unless the caller says; `all` for routes that have always answered the whole list. */
  readonly size: number | 'all';
  /** `always` where the answer has always said how many there are. */
  readonly total: 'asked' | 'always';
  /** What becomes of a page size that is too small or too large. */
  readonly oversize: 'refused' | 'cut';
}

export type Field<T> = Extract<keyof T, string>;

/** No page of any list is longer. */
export const LARGEST_PAGE = 200;
const USUAL_PAGE = 20;

type ListInput<T> = Pick<ListDefinition<T>, 'name' | 'orders' | 'defaultOrder'> &
  Partial<Pick<ListDefinition<T>, 'optional' | 'size' | 'total' | 'oversize'>> & { key?: Field<T> };

/** Declares a list; items are told apart by `_id` unless `key` says otherwise. */
export function defineList<T>(input: ListInput<T>): ListDefinition<T> {
  if (input.orders[input.defaultOrder.replace(/^-/, '')] === undefined) {
    throw new Error(`The list "${input.name}" has no order "${input.defaultOrder}"`);
  }
  const usual = {
    optional: [],
    key: '_id' as Field<T>,
    size: USUAL_PAGE,
    total: 'asked',
    oversize: 'refused',
  } as const;
  return { ...usual, ...input };
}

/** An order as the list's store needs it: all fields, the key last, in one direction. */
export interface ChosenOrder<T> {
  readonly text: string;
  readonly fields: readonly Field<T>[];
  readonly direction: 1 | -1;
}

export function chosenOrder<T>(list: ListDefinition<T>, wanted: string | undefined): ChosenOrder<T> {
  const text = wanted ?? list.defaultOrder;
  const descending = text.startsWith('-');
  const fields = list.orders[descending ? text.slice(1) : text];
  if (fields === undefined) throw new Error(`The list "${list.name}" has no order "${text}"`);
  return { text, fields: [...fields, list.key], direction: descending ? -1 : 1 };
}
