import type { Answer } from '../../server/answer.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { contactOf, contactWithId } from './contacts.js';
import { addEntry, contactIdOfEntry, entriesOf, entryView, removeEntry } from './entries.js';
import { existing } from './errors.js';
import { accountTime, idIn, pageOf, wrapped } from './wire.js';

export const automationOperations: readonly Operation[] = [
  { method: 'GET', path: '/automations', name: 'GetAutomations', handle: listAutomations },
  { method: 'POST', path: '/contactAutomations', name: 'TriggerAutomation', handle: enter },
  {
    method: 'DELETE',
    path: '/contactAutomations/:contact_automation_id',
    name: 'RemoveFromAutomation',
    handle: leave,
  },
  { method: 'GET', path: '/contacts/:contact_id/contactAutomations', name: 'GetEntries', handle: listEntries },
];

function listAutomations({ query, store }: Call): Answer {
  const { items, meta } = pageOf([...store.automations.values()], query);
  const automations = items.map(({ id, name, published, createdAt }) => ({
    id,
    name,
    status: published ? '1' : '2',
    hidden: '0',
    cdate: accountTime(createdAt),
    mdate: accountTime(createdAt),
    links: {},
  }));
  return { status: 200, body: { automations, meta } };
}

/** Every call is another run, and an automation that is not active takes nobody. */
function enter(call: Call): Answer {
  const { store } = call;
  const input = wrapped(call.body, 'contactAutomation');
  const contact = contactWithId(store, idIn(input, 'contact'));
  const automationId = idIn(input, 'automation');
  const automation = existing(store.automations.get(automationId), 'Automation', automationId);
  if (!automation.published) throw new Refusal(403, 'Could not create SubscriberSeries');
  const entry = addEntry(contact, automation.id);
  store.contacts.changed(contact);
  const args = { automation_id: automation.id, automation: automation.name, result: 'SUCCESS' };
  call.effect({ operation: 'TriggerAutomation', contactId: contact.id, args });
  return { status: 201, body: { contacts: [], contactAutomation: entryView(contact.id, entry) } };
}

function leave(call: Call): Answer {
  const id = call.params['contact_automation_id'] ?? '';
  const contact = call.store.contacts.get(contactIdOfEntry(id));
  const entry = existing(contact && entriesOf(contact).find((known) => known.id === id), 'SubscriberSeries', id);
  if (contact !== undefined) {
    removeEntry(contact, id);
    call.store.contacts.changed(contact);
    const args = { automation_id: entry.automationId };
    call.effect({ operation: 'RemoveFromAutomation', contactId: contact.id, args });
  }
  return { status: 200, body: {} };
}

function listEntries(call: Call): Answer {
  const contact = contactOf(call);
  const { items, meta } = pageOf(entriesOf(contact), call.query);
  return { status: 200, body: { contactAutomations: items.map((entry) => entryView(contact.id, entry)), meta } };
}
