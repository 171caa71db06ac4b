import type { Answer } from '../../server/answer.js';
import { one } from '../../server/form.js';
import type { AutomationRecord, ContactRecord, TagRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { inputOf, type Input } from '../input.js';
import { success } from './answers.js';
import { contactRow } from './contact-row.js';
import { pageOf } from './objects.js';
import { contactType, typeOf, typeOfQuery } from './object-types.js';

/** The lists a contact is on: tags and automations. */
export const listOperations: readonly Operation[] = [
  { method: 'GET', path: '/objects/tag', name: 'GetTagged', handle: listTagged },
  { method: 'PUT', path: '/objects/tag', name: 'ApplyTag', handle: (call) => tagAll(call, tagsOf(call, 'add_list')) },
  {
    method: 'DELETE',
    path: '/objects/tag',
    name: 'RemoveTag',
    handle: (call) => untagAll(call, tagsOf(call, 'remove_list')),
  },
  { method: 'PUT', path: '/objects/tagByName', name: 'ApplyTag', handle: (call) => tagAll(call, tagsToMake(call)) },
  {
    method: 'DELETE',
    path: '/objects/tagByName',
    name: 'RemoveTag',
    handle: (call) => untagAll(call, tagsNamed(call)),
  },
  { method: 'PUT', path: '/objects/subscribe', name: 'TriggerAutomation', handle: subscribe },
  { method: 'DELETE', path: '/objects/subscribe', name: 'RemoveFromAutomation', handle: unsubscribe },
];

/** Whatever becomes of it: contacts and tags that do not exist are passed over. */
const tagAnswer = success('The tag is now being processed.');
const subscriptionAnswer = success('The subscription is now being processed.');

function listTagged({ query, store }: Call): Answer {
  typeOfQuery(query);
  const name = one(query, 'tag_name')?.toLowerCase();
  const named = [...store.tags.values()].find((tag) => name !== undefined && tag.name.toLowerCase() === name);
  const id = one(query, 'tag_id') ?? named?.id;
  if (id === undefined) throw new Refusal(400, 'tag_id or tag_name is required');
  const { start, range } = pageOf(query);
  const tagged = [...store.contacts.values()].filter(({ tags }) => tags.some(({ tagId }) => tagId === id));
  return success(
    tagged.slice(start, start + range).map((contact) => contactRow(contact, store)),
    { misc: [] },
  );
}

function tagAll(call: Call, tags: readonly TagRecord[]): Answer {
  for (const contact of contactsOf(call)) {
    for (const tag of tags) {
      const isNew = !contact.tags.some(({ tagId }) => tagId === tag.id);
      if (isNew) contact.tags.push({ tagId: tag.id, at: Date.now() });
      logTag(call, 'ApplyTag', contact, tag, isNew ? 'SUCCESS' : 'ALREADY_APPLIED');
    }
  }
  return tagAnswer;
}

function untagAll(call: Call, tags: readonly TagRecord[]): Answer {
  for (const contact of contactsOf(call)) {
    for (const tag of tags) {
      const rest = contact.tags.filter(({ tagId }) => tagId !== tag.id);
      const result = rest.length < contact.tags.length ? 'SUCCESS' : 'NOT_APPLIED';
      contact.tags = rest;
      logTag(call, 'RemoveTag', contact, tag, result);
    }
  }
  return tagAnswer;
}

function logTag(call: Call, operation: string, contact: ContactRecord, tag: TagRecord, result: string): void {
  if (result === 'SUCCESS') call.store.contacts.changed(contact);
  call.effect({ operation, contactId: contact.id, args: { tag_id: tag.id, tag_name: tag.name, result } });
}

/** An automation has one way in here; the store knows several sequences of it. */
function subscribe(call: Call): Answer {
  for (const automation of automationsOf(call, 'add_list')) {
    const { members, sequenceId } = membersOf(call, automation);
    for (const { id: contactId } of contactsOf(call)) {
      const isNew = !members.includes(contactId);
      if (isNew) members.push(contactId);
      const result = isNew ? 'SUCCESS' : 'ALREADY_IN_SEQUENCE';
      const args = { automation_id: automation.id, sequence_id: sequenceId, automation: automation.name, result };
      call.effect({ operation: 'TriggerAutomation', contactId, args });
    }
  }
  return subscriptionAnswer;
}

function unsubscribe(call: Call): Answer {
  for (const automation of automationsOf(call, 'remove_list')) {
    const { members } = membersOf(call, automation);
    for (const { id: contactId } of contactsOf(call)) {
      const at = members.indexOf(contactId);
      if (at >= 0) members.splice(at, 1);
      const args = { automation_id: automation.id, automation: automation.name };
      call.effect({ operation: 'RemoveFromAutomation', contactId, args });
    }
  }
  return subscriptionAnswer;
}

function membersOf({ store }: Call, automation: AutomationRecord): { members: string[]; sequenceId: string } {
  const sequenceId = automation.sequences[0]?.id ?? '1';
  const id = `${automation.id}:${sequenceId}`;
  const record = store.sequenceMembers.get(id) ?? { id, contactIds: [] };
  store.sequenceMembers.put(record);
  return { members: record.contactIds, sequenceId };
}

/** Legacy sequences do not exist here, and what is not published takes nobody in. */
function automationsOf(call: Call, list: string): AutomationRecord[] {
  const input = bodyOf(call);
  if ((input['sub_type'] ?? 'Campaign') !== 'Campaign') return [];
  const automations = idsOf(input[list]).flatMap((id) => call.store.automations.get(id) ?? []);
  return automations.filter(({ published }) => published);
}

/** No ids mean every contact. */
function contactsOf(call: Call): ContactRecord[] {
  const ids = idsOf(bodyOf(call)['ids']);
  if (ids.length === 0) return [...call.store.contacts.values()];
  return ids.flatMap((id) => call.store.contacts.get(id) ?? []);
}

function tagsOf(call: Call, list: string): TagRecord[] {
  return idsOf(bodyOf(call)[list]).flatMap((id) => call.store.tags.get(id) ?? []);
}

function tagsNamed(call: Call): TagRecord[] {
  const names = new Set(idsOf(bodyOf(call)['remove_names']).map((name) => name.toLowerCase()));
  return [...call.store.tags.values()].filter((tag) => names.has(tag.name.toLowerCase()));
}

function tagsToMake(call: Call): TagRecord[] {
  const { store } = call;
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  return idsOf(bodyOf(call)['add_names']).map((name) => {
    const known = [...store.tags.values()].find((tag) => tag.name.toLowerCase() === name.toLowerCase());
    return known ?? store.tags.create((id) => ({ id, name, description: '', categoryId: '', ...times }));
  });
}

function bodyOf(call: Call): Input {
  const input = inputOf(call.body);
  if (typeOf(input['objectID']) !== contactType) throw new Refusal(400, 'Only contacts are on lists here');
  return input;
}

/** Ids come as a text with commas, as a list, or as a number. */
export function idsOf(value: unknown): string[] {
  const parts: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value];
  return parts.flatMap((part) => {
    const id = typeof part === 'string' || typeof part === 'number' ? String(part).trim() : '';
    return id === '' ? [] : [id];
  });
}
