import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scopeOf } from '#contracts';
import { freshEnvironment } from '#testing';
import { PersistenceConfig } from '../config.js';
import { Cursors } from '../cursor.js';
import { Database } from '../database.js';
import { defineCollection, type TenantEntity } from '../define-collection.js';
import { TenantRepository } from '../tenant-repository.js';
import { defineList } from './list-definition.js';
import { listQuery, splitListQuery } from './list-query.js';
import { Lists, type Page } from './lists.js';

interface Note extends TenantEntity {
  text: string;
  weight: number;
  read_at?: Date;
}

const notes = defineCollection<Note>({
  name: 'listed-notes',
  domain: 'notes',
  title: 'Note',
  fields: { text: String, weight: Number, read_at: Date },
});

class NoteRepository extends TenantRepository<Note> {
  constructor(database: Database) {
    super(database, notes);
  }
}

const NOTES = defineList<Note>({
  name: 'notes',
  orders: { id: [], weight: ['weight'], text: ['text', 'weight'], read_at: ['read_at'] },
  optional: ['read_at'],
  defaultOrder: '-id',
  size: 7,
});
const ORDERS = Object.keys(NOTES.orders).flatMap((order) => [order, `-${order}`]);

const mine = scopeOf('account:mine');
const foreign = scopeOf('account:foreign');
const refusal = { status: 400, code: 'request.invalid_query_parameter', errors: [] };

describe('Lists', () => {
  const environment = freshEnvironment();
  const database = new Database('lists-test', PersistenceConfig.parse(process.env));
  const from = new NoteRepository(database);
  const lists = new Lists(new Cursors('a key of this installation'));
  const request = (query: Record<string, string> = {}) => splitListQuery(listQuery(NOTES).parse(query)).request;
  const page = (query: Record<string, string> = {}, scope = mine, where: { weight?: number } = {}) =>
    lists.page(NOTES, { scope, where, request: request(query), from });
  const ids = ({ items }: Page<Note>): string[] => items.map(({ _id }) => _id);

  async function walk(query: Record<string, string>): Promise<string[]> {
    const found: string[] = [];
    for (let cursor = ''; ;) {
      const next = await page({ ...query, cursor });
      found.push(...ids(next));
      if (next.page_info.next_cursor === null) return found;
      cursor = next.page_info.next_cursor;
    }
  }

  beforeAll(async () => {
    await database.connect();
    for (let n = 0; n < 24; n += 1) {
      await from.insert(n % 8 === 7 ? foreign : mine, {
        _id: `note:${String(n * 7919).padStart(8, '0')}`,
        text: 'abc'[n % 3] ?? '',
        weight: n % 4,
        ...(n % 5 !== 0 && { read_at: new Date(Date.UTC(2026, 0, n % 3)) }),
      });
    }
  });
  afterAll(async () => {
    await database.close();
    await environment.dispose();
  });

  it.each(ORDERS)('gives every item once in the order %s, whatever the size of a page', async (order_by) => {
    const whole = await walk({ order_by, limit: '200' });
    expect(whole).toHaveLength(21);
    for (const limit of ['1', '2', '5', '20']) expect(await walk({ order_by, limit })).toEqual(whole);
  });

  it.each(ORDERS)('orders by %s as the same items at hand are ordered', async (order_by) => {
    const items = await from.list(mine);
    const atHand = lists.pageOf(NOTES, { scope: mine, items, request: request({ order_by, limit: '200' }) });
    expect(ids(atHand)).toEqual(await walk({ order_by, limit: '200' }));
  });

  it.each(ORDERS)('pages what is at hand by %s', async (order_by) => {
    const items = await from.list(mine);
    const found: string[] = [];
    for (let cursor = ''; ;) {
      const next = lists.pageOf(NOTES, { scope: mine, items, request: request({ order_by, limit: '4', cursor }) });
      found.push(...ids(next));
      if (next.page_info.next_cursor === null) break;
      cursor = next.page_info.next_cursor;
    }
    expect(found).toEqual(await walk({ order_by, limit: '200' }));
  });

  it('tells where the page stands, and how many there are where that is asked', async () => {
    const first = await page({ include_total: 'true' });
    expect(first.page_info).toEqual({ next_cursor: expect.any(String), has_more: true, page_size: 7, total: 21 });
    expect((await page({ page_size: '200' })).page_info).toEqual({
      next_cursor: null,
      has_more: false,
      page_size: 200,
    });
    const whole = { ...NOTES, size: 'all', total: 'always' } as const;
    const all = await lists.page(whole, { scope: mine, where: {}, request: request(), from });
    expect(all.page_info).toEqual({ next_cursor: null, has_more: false, page_size: 21, total: 21 });
  });

  it('is not shifted by what comes and goes between pages', async () => {
    const first = await page({ limit: '3', order_by: 'id' });
    const late = await from.insert(mine, { _id: 'note:!', text: 'z', weight: 9 });
    await from.delete(mine, late._id);
    const cursor = first.page_info.next_cursor ?? '';
    const rest = await page({ limit: '200', order_by: 'id', cursor });
    expect([...ids(first), ...ids(rest)]).toEqual(await walk({ limit: '200', order_by: 'id' }));
  });

  it('takes a cursor only with the account, list, filter and order it is of', async () => {
    const cursor = (await page()).page_info.next_cursor ?? '';
    expect(ids(await page({ cursor }))).toHaveLength(7);
    const other = { ...NOTES, name: 'letters' };
    await expect(page({ cursor }, foreign)).rejects.toMatchObject(refusal);
    await expect(page({ cursor }, mine, { weight: 1 })).rejects.toMatchObject(refusal);
    await expect(page({ cursor, order_by: 'weight' })).rejects.toMatchObject(refusal);
    await expect(page({ cursor: `${cursor}x` })).rejects.toMatchObject(refusal);
    await expect(
      lists.page(other, { scope: mine, where: {}, request: request({ cursor }), from }),
    ).rejects.toMatchObject(refusal);
  });

  it('refuses orders it does not have, and pages that are too large', () => {
    const fields = (query: Record<string, string>, list = NOTES): string[] =>
      listQuery(list)
        .safeParse(query)
        .error?.issues.map(({ path }) => path.join('.')) ?? [];
    expect(fields({ order_by: 'account_id' })).toEqual(['order_by']);
    expect(fields({ limit: '201', page_size: '0' })).toEqual(['limit', 'page_size']);
    const old = { ...NOTES, oversize: 'cut' } as const;
    expect(listQuery(old).parse({ limit: '5000' }).limit).toBe(200);
    expect(listQuery(old).parse({ limit: 'many' }).limit).toBe(7);
  });

  it('declares no order that it cannot start with', () => {
    expect(() => defineList<Note>({ name: 'x', orders: { id: [] }, defaultOrder: '-age' })).toThrow('no order "-age"');
  });
});
