import { Injectable } from '@nestjs/common';
import type { AccountScope, PageInfo } from '#contracts';
import type { Filter, ReadOptions, Sort } from '../collection.js';
import { Cursors, type CursorBinding } from '../cursor.js';
import { chosenOrder, type ChosenOrder, type ListDefinition } from './list-definition.js';
import type { ListRequest } from './list-query.js';
import { afterPosition, comparePositions, positionOf, readPosition, writePosition } from './position.js';

export interface Page<T> {
  items: T[];
  page_info: PageInfo;
}

/** Where the items of a list are; a repository is one. */
export interface ListSource<T> {
  list(scope: AccountScope, where: Filter<T>, options: ReadOptions<T>): Promise<T[]>;
  count(scope: AccountScope, where: Filter<T>): Promise<number>;
}

interface Opened<T> {
  order: ChosenOrder<T>;
  binding: CursorBinding;
  after: ReturnType<typeof readPosition> | undefined;
  size: number | undefined;
  total: boolean;
}

/**
 * Pages of lists, by signed cursors that are bound to the account, the list, its filter and its order. The order is
 * stable: what is added or removed meanwhile shifts nothing.
 */
@Injectable()
export class Lists {
  constructor(private readonly cursors: Cursors) {}

  /**
   * A page of the account's documents that match `where`.
   * @param asked.filter what the cursor is bound to, where `where` is not the same from call to call
   * @throws 400 `request.invalid_query_parameter` for a cursor that is not this list's
   */
  async page<T>(
    list: ListDefinition<T>,
    asked: { scope: AccountScope; where: Filter<T>; filter?: unknown; request: ListRequest; from: ListSource<T> },
  ): Promise<Page<T>> {
    const { scope, where, filter: bound = where, request, from } = asked;
    const { order, binding, after, size, total: counted } = this.#open(list, scope, bound, request);
    const filter = after === undefined ? where : { $and: [where, afterPosition(order, after, list.optional)] };
    const sort = Object.fromEntries(order.fields.map((field) => [field, order.direction])) as Sort<T>;
    const [found, total] = await Promise.all([
      from.list(scope, filter as Filter<T>, { sort, ...(size !== undefined && { limit: size + 1 }) }),
      counted ? from.count(scope, where) : undefined,
    ]);
    return this.#pageFrom(found, { order, binding, size, total });
  }

  /**
   * A page of items that are all at hand, such as a catalogue or answers of another service.
   * @param asked.filter what chose the items: the cursor is bound to it
   */
  pageOf<T>(
    list: ListDefinition<T>,
    asked: { scope: AccountScope | undefined; filter?: unknown; request: ListRequest; items: readonly T[] },
  ): Page<T> {
    const { scope, filter, request, items } = asked;
    const { order, binding, after, size, total } = this.#open(list, scope, filter, request);
    const placed = items
      .map((item) => ({ item, at: positionOf(item, order.fields) }))
      .sort((left, right) => order.direction * comparePositions(left.at, right.at));
    const rest =
      after === undefined ? placed : placed.filter(({ at }) => order.direction * comparePositions(at, after) > 0);
    const found = rest.slice(0, size === undefined ? undefined : size + 1).map(({ item }) => item);
    return this.#pageFrom(found, { order, binding, size, total: total ? items.length : undefined });
  }

  #open<T>(
    list: ListDefinition<T>,
    scope: AccountScope | undefined,
    filter: unknown,
    { cursor, limit, order: wanted, total }: ListRequest,
  ): Opened<T> {
    const order = chosenOrder(list, wanted);
    const binding = { scope, filter: filter ?? {}, order: `${list.name}:${order.text}` };
    const after = cursor === undefined ? undefined : readPosition(this.cursors.read(binding, cursor));
    const size = limit ?? (list.size === 'all' ? undefined : list.size);
    return { order, binding, after, size, total: total || list.total === 'always' };
  }

  #pageFrom<T>(
    found: T[],
    opened: Pick<Opened<T>, 'order' | 'binding' | 'size'> & { total: number | undefined },
  ): Page<T> {
    const { order, binding, size, total } = opened;
    const items = found.slice(0, size);
    const last = items.at(-1);
    const more = found.length > items.length && last !== undefined;
    const next = more ? this.cursors.sign(binding, writePosition(positionOf(last, order.fields))) : null;
    const page_info = { next_cursor: next, has_more: more, page_size: size ?? items.length };
    return { items, page_info: { ...page_info, ...(total !== undefined && { total }) } };
  }
}
