import type { Answer } from '../../server/answer.js';
import type { AppliedTag, ContactRecord } from '../../store/records.js';
import { isoTime } from '../../store/iso-time.js';
import type { Call, Operation } from '../dialect.js';
import { inputOf, requiredTexts } from '../input.js';
import { contactOf } from './contacts.js';
import { byText, byTime, conditionsOf, filtered } from './filter.js';
import { pageOf } from './paging.js';
import { tagOf, tagView } from './tags.js';

/** A contact that carries the tag in question. */
interface Tagged {
  id: string;
  contact: ContactRecord;
  at: number;
}

export const taggingOperations: readonly Operation[] = [
  { method: 'GET', path: '/tags/:tag_id/contacts', name: 'GetTaggedContacts', handle: listTagged },
  { method: 'POST', path: '/tags/:tag_id/contacts::applyTags', name: 'ApplyTag', handle: applyTag },
  { method: 'POST', path: '/tags/:tag_id/contacts::removeTags', name: 'RemoveTag', handle: removeTag },
  { method: 'GET', path: '/contacts/:contact_id/tags', name: 'GetContactTags', handle: listTagsOfContact },
];

/** The outcome of each contact stands in the answer; a contact that does not exist fails nothing else. */
function applyTag(call: Call): Answer {
  const { store } = call;
  const tag = tagOf(call);
  const results: Record<string, string> = {};
  for (const contactId of requiredTexts(inputOf(call.body), 'contact_ids')) {
    const contact = store.contacts.get(contactId);
    results[contactId] = contact === undefined ? 'CONTACT_DOES_NOT_EXIST' : apply(contact, tag.id);
    if (contact === undefined) continue;
    if (results[contactId] === 'SUCCESS') store.contacts.changed(contact);
    const args = { tag_id: tag.id, tag_name: tag.name, result: results[contactId] };
    call.effect({ operation: 'ApplyTag', contactId, args });
  }
  return { status: 200, body: { results } };
}

function apply(contact: ContactRecord, tagId: string): string {
  if (contact.tags.some((tag) => tag.tagId === tagId)) return 'ALREADY_APPLIED';
  contact.tags.push({ tagId, at: Date.now() });
  return 'SUCCESS';
}

function removeTag(call: Call): Answer {
  const { store } = call;
  const tag = tagOf(call);
  for (const contactId of requiredTexts(inputOf(call.body), 'contact_ids')) {
    const contact = store.contacts.get(contactId);
    if (contact === undefined) continue;
    const rest = contact.tags.filter(({ tagId }) => tagId !== tag.id);
    const result = rest.length < contact.tags.length ? 'SUCCESS' : 'NOT_APPLIED';
    if (result === 'SUCCESS') {
      contact.tags = rest;
      store.contacts.changed(contact);
    }
    call.effect({ operation: 'RemoveTag', contactId, args: { tag_id: tag.id, tag_name: tag.name, result } });
  }
  return { status: 204 };
}

function listTagged(call: Call): Answer {
  const { id } = tagOf(call);
  const matching = filtered(taggedWith(call, id), conditionsOf(call.query), {
    given_name: byText<Tagged>(({ contact }) => contact.firstName),
    family_name: byText<Tagged>(({ contact }) => contact.lastName),
    email: byText<Tagged>(({ contact }) => contact.emails[0]?.address ?? ''),
    since_applied_time: byTime<Tagged>(({ at }) => at, 'since'),
    until_applied_time: byTime<Tagged>(({ at }) => at, 'until'),
  });
  const page = pageOf(matching, call.query, {
    applied_time: ({ at }) => at,
    given_name: ({ contact }) => contact.firstName.toLowerCase(),
    family_name: ({ contact }) => contact.lastName.toLowerCase(),
    email: ({ contact }) => contact.emails[0]?.address ?? '',
  });
  return { status: 200, body: { contacts: page.items.map(taggedView), next_page_token: page.nextPageToken } };
}

function* taggedWith({ store }: Call, tagId: string): Generator<Tagged> {
  for (const contact of store.contacts.values()) {
    const applied = contact.tags.find((tag) => tag.tagId === tagId);
    if (applied !== undefined) yield { id: contact.id, contact, at: applied.at };
  }
}

function taggedView({ contact, at }: Tagged): Record<string, unknown> {
  const email = contact.emails[0]?.address;
  return {
    id: contact.id,
    given_name: contact.firstName,
    family_name: contact.lastName,
    ...(email === undefined ? {} : { email }),
    applied_time: isoTime(at),
  };
}

function listTagsOfContact(call: Call): Answer {
  const { store } = call;
  const applied = contactOf(call).tags.map(({ tagId: id, at }: AppliedTag) => ({ id, at, tag: store.tags.get(id) }));
  const page = pageOf(applied, call.query, {
    applied_time: ({ at }) => at,
    name: ({ tag }) => tag?.name.toLowerCase() ?? '',
    category_id: ({ tag }) => tag?.categoryId ?? '',
  });
  const tags = page.items.flatMap(({ tag, at }) =>
    tag === undefined ? [] : [{ tag: tagView(tag), applied_time: isoTime(at) }],
  );
  return { status: 200, body: { tags, next_page_token: page.nextPageToken } };
}
