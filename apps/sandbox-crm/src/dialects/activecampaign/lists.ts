import type { Answer } from '../../server/answer.js';
import type { Call, Operation } from '../dialect.js';
import { contactWithId } from './contacts.js';
import { existing, invalid } from './errors.js';
import {
  BOUNCED,
  contactListViews,
  LISTS,
  setSubscription,
  SUBSCRIBED,
  subscriptionsOf,
  UNSUBSCRIBED,
} from './subscriptions.js';
import { idIn, pageOf, wrapped } from './wire.js';

export const listOperations: readonly Operation[] = [
  { method: 'GET', path: '/lists', name: 'GetLists', handle: listLists },
  { method: 'POST', path: '/contactLists', name: 'SetOptInStatus', handle: setStatus },
];

const RESUBSCRIPTION = '4';

function listLists({ query }: Call): Answer {
  const { items, meta } = pageOf(LISTS, query);
  return { status: 200, body: { lists: items, meta } };
}

/** Somebody who has left stays away unless the request says that it means to subscribe again. */
function setStatus(call: Call): Answer {
  const { store } = call;
  const input = wrapped(call.body, 'contactList');
  const contact = contactWithId(store, idIn(input, 'contact'));
  const listId = idIn(input, 'list');
  const list = existing(
    LISTS.find(({ id }) => id === listId),
    'List',
    listId,
  );
  const status = idIn(input, 'status');
  if (status !== SUBSCRIBED && status !== UNSUBSCRIBED) throw invalid('status', 'The status must be 1 or 2');
  const before = subscriptionsOf(contact, store)[list.id];
  const again = input['sourceid'] !== undefined && idIn(input, 'sourceid') === RESUBSCRIPTION;
  const stays = before === BOUNCED || (before === UNSUBSCRIBED && status === SUBSCRIBED && !again);
  if (!stays) {
    setSubscription(contact, store, list.id, status);
    store.contacts.changed(contact);
  }
  const args = { list_id: list.id, list: list.name, opted_in: status === SUBSCRIBED, status: stays ? before : status };
  call.effect({ operation: 'SetOptInStatus', contactId: contact.id, args });
  const contactList = contactListViews(contact, store).find((view) => view['list'] === list.id);
  return { status: before === undefined ? 201 : 200, body: { contacts: [], contactList } };
}
