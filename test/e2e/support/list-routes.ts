import type { ApiAnswer, ApiClient } from './api-client.js';

export interface ListRoute {
  path: string;
  orders: string[];
}

interface Caller {
  api: ApiClient;
  path: string;
}

interface PageInfo {
  next_cursor: string | null;
  has_more: boolean;
  page_size: number;
  total?: number;
}

type Item = Record<string, unknown>;

interface Page {
  ids: string[];
  info: PageInfo;
}

/** Lists that are the same for everybody: a cursor of one caller is good for another. */
const COMMON = new Set(['/billing/plans']);
/** Lists that stay empty here: their items come from a payment provider. */
const EMPTY = new Set(['/billing/invoices', '/billing/payment-methods']);
const KEYS = ['id', 'type', 'plan', 'seq'];

interface Parameter {
  name: string;
  schema: { enum?: string[] };
}

/** Every route of the running system's OpenAPI document that takes a cursor. */
export async function listRoutes(api: ApiClient): Promise<ListRoute[]> {
  const { paths } = (await api.get('/openapi.json')).body as unknown as {
    paths: Record<string, { get?: { parameters?: Parameter[] } }>;
  };
  return Object.entries(paths).flatMap(([path, { get }]) => {
    const parameters = get?.parameters ?? [];
    if (!parameters.some(({ name }) => name === 'cursor')) return [];
    return [{ path, orders: parameters.find(({ name }) => name === 'order_by')?.schema.enum ?? [] }];
  });
}

const itemsOf = ({ body: { data } }: ApiAnswer<unknown>): Item[] => {
  if (Array.isArray(data)) return data as Item[];
  const lists = Object.values(data as object).filter(
    (value): value is Item[] => Array.isArray(value) && value.some((item) => typeof item === 'object'),
  );
  return lists[0] ?? [];
};

/** The field that tells the items of a list apart. */
function keyOf(items: readonly Item[]): string {
  const own = Object.keys(items[0] ?? {}).filter((name) => name.endsWith('_id') || KEYS.includes(name));
  const unique = own.find((name) => new Set(items.map((item) => item[name])).size === items.length);
  if (unique === undefined) throw new Error(`Nothing tells these apart: ${JSON.stringify(items).slice(0, 500)}`);
  return unique;
}

const infoOf = ({ body }: ApiAnswer<unknown>): PageInfo =>
  (body['page_info'] ?? (body.data as { page_info?: unknown } | undefined)?.page_info) as PageInfo;

const query = (values: Record<string, string>): string => `?${new URLSearchParams(values).toString()}`;

async function page({ api, path }: Caller, values: Record<string, string>, key?: string): Promise<Page> {
  const answer = await api.get<unknown>(path + query(values));
  if (answer.status !== 200) throw new Error(`${path} ${JSON.stringify(values)}: ${JSON.stringify(answer.body)}`);
  const items = itemsOf(answer);
  const by = key ?? keyOf(items);
  return { ids: items.map((item) => String(item[by])), info: infoOf(answer) };
}

async function walk(caller: Caller, values: Record<string, string>, key: string): Promise<string[]> {
  const found: string[] = [];
  for (let cursor = ''; ;) {
    const { ids, info } = await page(caller, { ...values, cursor }, key);
    found.push(...ids);
    if (info.next_cursor === null || !info.has_more || ids.length === 0) return found;
    cursor = info.next_cursor;
  }
}

async function refusesWith(
  statuses: number[],
  { api, path }: Caller,
  values: Record<string, string>,
): Promise<boolean> {
  const { status, body } = await api.get(path + query(values));
  return statuses.includes(status) && body.code === 'request.invalid_query_parameter';
}

const same = (left: readonly string[], right: readonly string[]): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

type Check = (holds: boolean, fault: string) => void;

/** What is wrong with a list, seen by two customers of whom the first has several items. */
export async function listFaults(route: ListRoute, mine: Caller, other: Caller): Promise<string[]> {
  const faults: string[] = [];
  const check: Check = (holds, fault) => {
    if (!holds) faults.push(fault);
  };
  const [forged, unknown, large] = await Promise.all([
    refusesWith([400], mine, { cursor: 'forged' }),
    refusesWith([400, 422], mine, { order_by: 'nothing' }),
    mine.api.get<unknown>(`${mine.path}?limit=201`),
  ]);
  check(forged, 'takes a forged cursor');
  check(unknown, 'takes an order that it has not');
  check([400, 422].includes(large.status) || infoOf(large).page_size <= 200, 'has pages of over 200');
  if (!EMPTY.has(route.path)) await checkPages(route, mine, other, check);
  return faults;
}

async function checkPages(route: ListRoute, mine: Caller, other: Caller, check: Check): Promise<void> {
  const key = keyOf(itemsOf(await mine.api.get<unknown>(`${mine.path}?limit=200`)));
  const whole = await page(mine, { limit: '200', include_total: 'true' }, key);
  const { length } = whole.ids;
  if (length < 2) return check(false, `has ${length} items: too few to be looked at`);
  check(whole.info.total === length, `counts ${whole.info.total} of ${length}`);
  check(whole.info.next_cursor === null && !whole.info.has_more, 'goes on after its last page');
  const limit = String(Math.max(1, Math.floor(length / 4)));
  await Promise.all(
    route.orders.map(async (order_by) => {
      const all = await page(mine, { limit: '200', order_by }, key);
      check(new Set(all.ids).size === length, `has other items by ${order_by}`);
      check(same(await walk(mine, { limit, order_by }, key), all.ids), `has other items on small pages by ${order_by}`);
    }),
  );
  const first = await page(mine, { limit: '1' }, key);
  check(first.info.page_size === 1 && first.info.has_more, 'does not say how its page stands');
  const cursor = first.info.next_cursor ?? '';
  const [order = '', another = ''] = route.orders;
  const different = (await page(mine, { limit: '1', order_by: order }, key)).info.next_cursor ?? '';
  const [changed, disordered, foreign] = await Promise.all([
    refusesWith([400], mine, { cursor: `${cursor.slice(0, -2)}AA` }),
    refusesWith([400], mine, { cursor: different, order_by: another }),
    refusesWith([400], other, { cursor }),
  ]);
  check(changed, 'takes a changed cursor');
  check(disordered, 'takes the cursor of another order');
  check(foreign !== COMMON.has(route.path), 'is wrong about the cursor of another account');
}
