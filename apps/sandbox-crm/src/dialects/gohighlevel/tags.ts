import type { Answer } from '../../server/answer.js';
import type { TagRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { inputOf, requiredText, requiredTexts } from '../input.js';
import { contactOf } from './contacts.js';
import { tagNames } from './contact-view.js';
import { pathLocation } from './location.js';
import { knownTag, tagNamed } from './named-records.js';

export const tagOperations: readonly Operation[] = [
  { method: 'GET', path: '/locations/:location_id/tags', name: 'GetTags', handle: listTags },
  { method: 'POST', path: '/locations/:location_id/tags', name: 'CreateTag', handle: createTag },
  { method: 'POST', path: '/contacts/:contact_id/tags', name: 'ApplyTag', handle: applyTags },
  { method: 'DELETE', path: '/contacts/:contact_id/tags', name: 'RemoveTag', handle: removeTags },
];

/** Names are stored in lower case at this vendor. */
const tagView = ({ id, name }: TagRecord, locationId: string) => ({ id, name: name.toLowerCase(), locationId });

function listTags(call: Call): Answer {
  const locationId = pathLocation(call);
  return { status: 200, body: { tags: Array.from(call.store.tags.values(), (tag) => tagView(tag, locationId)) } };
}

function createTag(call: Call): Answer {
  const locationId = pathLocation(call);
  const name = requiredText(inputOf(call.body), 'name');
  if (knownTag(call.store, name) !== undefined) throw new Refusal(400, 'The tag name is already exist.');
  const tag = tagNamed(call.store, name);
  call.effect({ operation: 'CreateTag', args: { tag_id: tag.id, name: tag.name } });
  return { status: 200, body: { tag: tagView(tag, locationId) } };
}

/** A name that no tag has becomes a new tag, wanted or not. */
function applyTags(call: Call): Answer {
  const { store } = call;
  const contact = contactOf(call);
  for (const name of requiredTexts(inputOf(call.body), 'tags')) {
    const isNew = knownTag(store, name) === undefined;
    const tag = tagNamed(store, name);
    if (isNew) call.effect({ operation: 'CreateTag', args: { tag_id: tag.id, name: tag.name } });
    const result = contact.tags.some(({ tagId }) => tagId === tag.id) ? 'ALREADY_APPLIED' : 'SUCCESS';
    if (result === 'SUCCESS') {
      contact.tags = [...contact.tags, { tagId: tag.id, at: Date.now() }];
      store.contacts.changed(contact);
    }
    const args = { tag_id: tag.id, tag_name: tag.name, result };
    call.effect({ operation: 'ApplyTag', contactId: contact.id, args });
  }
  return { status: 201, body: { tags: tagNames(contact, store) } };
}

function removeTags(call: Call): Answer {
  const { store } = call;
  const contact = contactOf(call);
  for (const name of requiredTexts(inputOf(call.body), 'tags')) {
    const tag = knownTag(store, name);
    const rest = contact.tags.filter(({ tagId }) => tagId !== tag?.id);
    const result = rest.length < contact.tags.length ? 'SUCCESS' : 'NOT_APPLIED';
    if (result === 'SUCCESS') {
      contact.tags = rest;
      store.contacts.changed(contact);
    }
    const args = { tag_id: tag?.id ?? '', tag_name: tag?.name ?? name, result };
    call.effect({ operation: 'RemoveTag', contactId: contact.id, args });
  }
  return { status: 200, body: { tags: tagNames(contact, store) } };
}
