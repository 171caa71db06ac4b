import { one } from '../../server/form.js';
import type { CrmStore } from '../../store/crm-store.js';
import { isoTime } from '../../store/iso-time.js';
import type { ContactRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found, inputOf, requiredText, text } from '../input.js';
import { textsOf } from './input.js';

export const CONTACT_TYPE = '0-1';

/** A list as the dialect sees it: a tag of the store, or one of the active lists below. */
export interface ContactList {
  id: string;
  name: string;
  kind: 'MANUAL' | 'SNAPSHOT' | 'DYNAMIC';
  createdAt: number;
  updatedAt: number;
  has(contact: ContactRecord): boolean;
}

const SINCE = Date.UTC(2025, 0, 6, 9);
const SNAPSHOTS = 'Campaigns';

/** Nobody can be put into these or taken out: their rules decide. */
const ACTIVE: readonly ContactList[] = [
  {
    id: '90001',
    name: 'Scores above 50',
    kind: 'DYNAMIC',
    createdAt: SINCE,
    updatedAt: SINCE,
    has: ({ fields }) => Number(fields['7'] ?? 0) > 50,
  },
  {
    id: '90002',
    name: 'Newsletter readers',
    kind: 'DYNAMIC',
    createdAt: SINCE,
    updatedAt: SINCE,
    has: ({ fields }) => fields['4'] === true,
  },
];

/** In the interface that was switched off, lists had other ids. */
const LEGACY_OFFSET = 70_000;
const USUAL_COUNT = 20;
const LARGEST_COUNT = 500;

export const listOperations: readonly Operation[] = [
  { method: 'POST', path: '/crm/v3/lists/search', name: 'GetTags', handle: searchLists },
  { method: 'POST', path: '/crm/v3/lists', name: 'CreateTag', handle: createList },
  { method: 'GET', path: '/crm/v3/lists/idmapping', name: 'GetTags', handle: mapLegacyId },
  {
    method: 'GET',
    path: '/crm/v3/lists/:list_id',
    name: 'GetTag',
    handle: (call) => ({ status: 200, body: { list: listView(listOf(call)) } }),
  },
];

/** Every list of contacts: the store's tags are static lists, those of one category snapshots of past searches. */
export function listsOf(store: CrmStore): ContactList[] {
  const tags = [...store.tags.values()].map(({ id, name, categoryId, createdAt, updatedAt }): ContactList => ({
    id,
    name,
    kind: store.tagCategories.get(categoryId)?.name === SNAPSHOTS ? 'SNAPSHOT' : 'MANUAL',
    createdAt,
    updatedAt,
    has: (contact) => contact.tags.some(({ tagId }) => tagId === id),
  }));
  return [...tags, ...ACTIVE];
}

/** The list that the path names. */
export function listOf({ params, store }: Call): ContactList {
  const id = params['list_id'] ?? '';
  return found(
    listsOf(store).find((list) => list.id === id),
    'List',
    id,
  );
}

function searchLists({ body, store }: Call) {
  const input = inputOf(body);
  const words = (text(input, 'query') ?? '').trim().toLowerCase();
  const kinds = textsOf(input, 'processingTypes') ?? [];
  const ids = textsOf(input, 'listIds') ?? [];
  const type = text(input, 'objectTypeId');
  const offset = wholeNumber(input['offset'], 0);
  const count = wholeNumber(input['count'], USUAL_COUNT);
  if (count < 1 || count > LARGEST_COUNT) throw new Refusal(400, `count must be from 1 to ${LARGEST_COUNT}`);
  const matching = listsOf(store).filter(
    (list) =>
      (type === undefined || type === CONTACT_TYPE) &&
      list.name.toLowerCase().includes(words) &&
      (kinds.length === 0 || kinds.includes(list.kind)) &&
      (ids.length === 0 || ids.includes(list.id)),
  );
  const lists = matching.slice(offset, offset + count);
  const next = offset + lists.length;
  const page = { hasMore: next < matching.length, offset: next, total: matching.length };
  return { status: 200, body: { lists: lists.map(listView), ...page } };
}

function createList(call: Call) {
  const { store } = call;
  const input = inputOf(call.body);
  const name = requiredText(input, 'name');
  if (text(input, 'objectTypeId') !== CONTACT_TYPE) throw new Refusal(400, 'Only lists of contacts can be made here');
  if (text(input, 'processingType') !== 'MANUAL') throw new Refusal(400, 'filterBranch is required for this list');
  if (listsOf(store).some((list) => list.name.toLowerCase() === name.toLowerCase())) {
    throw new Refusal(400, 'A list with this name already exists');
  }
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const tag = store.tags.create((id) => ({ id, name, description: '', categoryId: '', ...times }));
  call.effect({ operation: 'CreateTag', args: { tag_id: tag.id, name } });
  return { status: 200, body: { list: listView({ id: tag.id, name, kind: 'MANUAL', ...times, has: () => false }) } };
}

function mapLegacyId({ query, store }: Call) {
  const legacyListId = one(query, 'legacyListId') ?? '';
  const list = listsOf(store).find(({ id }) => String(Number(id) + LEGACY_OFFSET) === legacyListId);
  return { status: 200, body: { listId: found(list, 'Legacy list', legacyListId).id, legacyListId } };
}

function listView({ id, name, kind, createdAt, updatedAt }: ContactList) {
  return {
    listId: id,
    name,
    objectTypeId: CONTACT_TYPE,
    processingType: kind,
    processingStatus: 'COMPLETE',
    listVersion: 1,
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
  };
}

function wholeNumber(value: unknown, usual: number): number {
  if (value === undefined) return usual;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new Refusal(400, 'offset and count must be whole numbers');
}
