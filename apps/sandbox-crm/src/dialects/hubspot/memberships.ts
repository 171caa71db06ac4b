import { one } from '../../server/form.js';
import type { CrmStore } from '../../store/crm-store.js';
import { isoTime } from '../../store/iso-time.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { namedContact } from './contacts.js';
import { afterOf, limitOf, pageOf } from './input.js';
import { CONTACT_TYPE, listOf, listsOf, type ContactList } from './lists.js';

const BASE = '/crm/v3/lists';
const USUAL_PAGE = 100;
const LARGEST_PAGE = 250;

export const membershipOperations: readonly Operation[] = [
  { method: 'PUT', path: `${BASE}/:list_id/memberships/add`, name: 'ApplyTag', handle: add },
  { method: 'PUT', path: `${BASE}/:list_id/memberships/remove`, name: 'RemoveTag', handle: remove },
  {
    method: 'GET',
    path: `${BASE}/:list_id/memberships`,
    name: 'GetTaggedContacts',
    handle: (call) => memberPage(call, membersOf(listOf(call), call.store)),
  },
  {
    method: 'GET',
    path: `${BASE}/:list_id/memberships/join-order`,
    name: 'GetTaggedContacts',
    handle: (call) =>
      memberPage(
        call,
        membersOf(listOf(call), call.store).sort((a, b) => a.at - b.at),
      ),
  },
  {
    method: 'GET',
    path: `${BASE}/records/${CONTACT_TYPE}/:contact_id/memberships`,
    name: 'GetContactTags',
    handle: listsOfContact,
  },
];

/** Contacts that do not exist are named in the answer; those that are in the list already are passed over. */
function add(call: Call) {
  const { store } = call;
  const list = changeable(call);
  const added: string[] = [];
  const missing: string[] = [];
  for (const contactId of recordIds(call.body)) {
    const contact = store.contacts.get(contactId);
    if (contact === undefined) missing.push(contactId);
    else if (!list.has(contact)) {
      contact.tags.push({ tagId: list.id, at: Date.now() });
      store.contacts.changed(contact);
      added.push(contactId);
    }
    if (contact !== undefined) log(call, 'ApplyTag', list, contactId, added.includes(contactId));
  }
  return changeAnswer({ recordsIdsAdded: added, recordIdsMissing: missing });
}

function remove(call: Call) {
  const { store } = call;
  const list = changeable(call);
  const removed: string[] = [];
  const missing: string[] = [];
  for (const contactId of recordIds(call.body)) {
    const contact = store.contacts.get(contactId);
    if (contact === undefined) missing.push(contactId);
    else if (list.has(contact)) {
      contact.tags = contact.tags.filter(({ tagId }) => tagId !== list.id);
      store.contacts.changed(contact);
      removed.push(contactId);
    }
    if (contact !== undefined) log(call, 'RemoveTag', list, contactId, removed.includes(contactId));
  }
  return changeAnswer({ recordIdsRemoved: removed, recordIdsMissing: missing });
}

function changeAnswer(change: Record<string, string[]>) {
  return { status: 200, body: { recordsIdsAdded: [], recordIdsRemoved: [], recordIdsMissing: [], ...change } };
}

function changeable(call: Call): ContactList {
  const list = listOf(call);
  if (list.kind !== 'DYNAMIC') return list;
  throw new Refusal(400, `List ${list.id} is DYNAMIC: only MANUAL and SNAPSHOT lists can be changed`);
}

/** The body is a bare list of texts. */
function recordIds(body: unknown): string[] {
  if (Array.isArray(body) && body.every((id) => typeof id === 'string')) return body;
  throw new Refusal(400, 'Invalid input JSON: a list of record ids is expected');
}

function log(call: Call, operation: string, { id, name }: ContactList, contactId: string, changed: boolean): void {
  call.effect({
    operation,
    contactId,
    args: { tag_id: id, tag_name: name, result: changed ? 'CHANGED' : 'AS_BEFORE' },
  });
}

interface Member {
  id: string;
  at: number;
}

/** In the order of the contacts' ids. */
function membersOf(list: ContactList, store: CrmStore): Member[] {
  const members: Member[] = [];
  for (const contact of store.contacts.values()) {
    if (!list.has(contact)) continue;
    const at = contact.tags.find(({ tagId }) => tagId === list.id)?.at ?? contact.createdAt;
    members.push({ id: contact.id, at });
  }
  return members;
}

function memberPage({ query }: Call, members: readonly Member[]) {
  const { results, paging } = pageOf(members, afterOf(one(query, 'after')), limitOf(query, USUAL_PAGE, LARGEST_PAGE));
  const views = results.map(({ id, at }) => ({ recordId: id, membershipTimestamp: isoTime(at) }));
  return { status: 200, body: { results: views, ...(paging && { paging }) } };
}

function listsOfContact({ params, store }: Call) {
  const contact = namedContact(store, params['contact_id'] ?? '');
  const results = listsOf(store)
    .filter((list) => list.has(contact))
    .map((list) => {
      const at = isoTime(contact.tags.find(({ tagId }) => tagId === list.id)?.at ?? contact.createdAt);
      return { listId: list.id, listVersion: 1, firstAddedTimestamp: at, lastAddedTimestamp: at, isPublicList: false };
    });
  return { status: 200, body: { total: results.length, results } };
}
