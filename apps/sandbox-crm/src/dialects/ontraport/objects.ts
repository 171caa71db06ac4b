import type { Answer } from '../../server/answer.js';
import { listed, one, type Form } from '../../server/form.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { contactFields } from './account-fields.js';
import { notFoundText, success } from './answers.js';
import { conditionOf, fold, order } from './condition.js';
import { contactRow } from './contact-row.js';
import { automationType, contactType, typeOfQuery, type ObjectType } from './object-types.js';
import type { Row } from './rows.js';

const LARGEST_PAGE = 50;

/** Reading, which is the same for every type of object. */
export const readOperations: readonly Operation[] = [
  { method: 'GET', path: '/objects', name: 'GetObjects', handle: (call) => listOf(call, typeOfQuery(call.query)) },
  {
    method: 'GET',
    path: '/CampaignBuilderItems',
    name: 'GetAutomations',
    handle: (call) => listOf(call, automationType),
  },
  { method: 'GET', path: '/object', name: 'GetObject', handle: getObject },
  { method: 'GET', path: '/objects/getInfo', name: 'GetInfo', handle: (call) => infoOf(call, typeOfQuery(call.query)) },
  { method: 'GET', path: '/Contacts/getInfo', name: 'TestConnection', handle: (call) => infoOf(call, contactType) },
  { method: 'GET', path: '/objects/meta', name: 'GetFields', handle: getMeta },
  { method: 'GET', path: '/object/getByEmail', name: 'FindByEmail', handle: findByEmail },
];

/** Where a page begins and how long it is: a longer one than allowed is cut without a word. */
export function pageOf(query: Form): { start: number; range: number } {
  const range = whole(query, 'range', LARGEST_PAGE);
  return { start: whole(query, 'start', 0), range: Math.min(range === 0 ? LARGEST_PAGE : range, LARGEST_PAGE) };
}

function whole(query: Form, name: string, fallback: number): number {
  const text = one(query, name);
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,12}$/.test(text)) throw new Refusal(400, `${name} must be a number`);
  return Number(text);
}

function listOf(call: Call, type: ObjectType): Answer {
  const { query } = call;
  const { start, range } = pageOf(query);
  const rows = ordered(matching(call, type), query);
  const page = rows.slice(start, start + range).map((row) => withFields(row(), query));
  const isCounted = ['true', '1'].includes(one(query, 'count') ?? '');
  return success(page, { misc: [], ...(isCounted ? { count: String(rows.length) } : {}) });
}

function matching({ query, store }: Call, type: ObjectType): (() => Row)[] {
  const condition = conditionOf(query);
  const ids = listed(query, 'ids');
  const address = condition?.address ?? '';
  const isOfAddress = type === contactType && address !== '';
  const rows = isOfAddress
    ? store.contacts.withAddress(address).map((contact) => () => contactRow(contact, store))
    : type.rows(store);
  if (condition === undefined && ids === undefined) return rows;
  return rows.filter((row) => {
    const made = row();
    return (ids === undefined || ids.includes(made['id'] ?? '')) && (condition?.test(made) ?? true);
  });
}

/** Records come in the order of their ids, which is where ties stay. */
function ordered(rows: (() => Row)[], query: Form): (() => Row)[] {
  const field = one(query, 'sort') ?? 'id';
  const descending = one(query, 'sortDir') === 'desc';
  if (field === 'id') return descending ? rows.toReversed() : rows;
  const keyed = rows.map((row) => ({ row, key: fold(valueOf(row(), field)) }));
  keyed.sort((a, b) => (descending ? order(b.key, a.key) : order(a.key, b.key)));
  return keyed.map(({ row }) => row);
}

function valueOf(row: Row, field: string): string {
  const value = row[field];
  if (value === undefined) throw new Refusal(400, `Field ${field} does not exist`);
  return value;
}

function withFields(row: Row, query: Form): Row {
  const fields = listed(query, 'listFields');
  if (fields === undefined) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => name === 'id' || fields.includes(name)));
}

function getObject({ query, store }: Call): Answer {
  const id = one(query, 'id');
  if (id === undefined || id === '') throw new Refusal(400, 'id is required');
  const row = typeOfQuery(query).find(store, id);
  if (row === undefined) throw new Refusal(404, notFoundText);
  return success(row);
}

/** How many there are, and how the list is shown on a screen. Empty settings are empty lists. */
function infoOf(call: Call, type: ObjectType): Answer {
  const isPlain = call.query['condition'] === undefined && call.query['ids'] === undefined;
  const count = isPlain ? type.size(call.store) : matching(call, type).length;
  return success({
    listFields: ['fn', 'email', 'office_phone', 'date', 'dla'],
    listFieldSettings: [],
    cardViewSettings: [],
    viewMode: [],
    count: String(count),
  });
}

function getMeta({ query, store }: Call): Answer {
  const id = one(query, 'objectID');
  if (id !== undefined && id !== '0') throw new Refusal(400, 'Invalid object type');
  const byName = one(query, 'format') === 'byName';
  return success({ [byName ? 'Contact' : '0']: { name: 'Contact', fields: contactFields(store) } });
}

function findByEmail({ query, store }: Call): Answer {
  typeOfQuery(query);
  const ids = store.contacts.withAddress(one(query, 'email') ?? '').map(({ id }) => id);
  const [first] = ids;
  if (first === undefined) throw new Refusal(404, notFoundText);
  return success(one(query, 'all') === '1' ? { ids } : { id: first });
}
