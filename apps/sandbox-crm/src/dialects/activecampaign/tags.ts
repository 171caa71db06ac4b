import type { Answer } from '../../server/answer.js';
import { one } from '../../server/form.js';
import type { Call, Operation } from '../dialect.js';
import { text } from '../input.js';
import { CONTACT, contactOf } from './contacts.js';
import { existing, ListedNotFound, missing, Unprocessable } from './errors.js';
import { associated, contactTagView, tagView } from './tag-view.js';
import { idIn, pageOf, wrapped } from './wire.js';

export const tagOperations: readonly Operation[] = [
  { method: 'GET', path: '/tags', name: 'GetTags', handle: listTags },
  { method: 'POST', path: '/tags', name: 'CreateTag', handle: createTag },
  { method: 'GET', path: '/contacts/:contact_id/contactTags', name: 'GetContactTags', handle: listTagsOfContact },
  { method: 'POST', path: '/contactTags', name: 'ApplyTag', handle: applyTag },
  { method: 'DELETE', path: '/contactTags/:contact_tag_id', name: 'RemoveTag', handle: removeTag },
];

/** One that belongs to templates: it stands in the list and can be on no contact. */
const TEMPLATE_TAG = { id: '90001', tag: 'Seasonal layouts', tagType: 'template', description: '', links: {} };

function listTags({ query, store }: Call): Answer {
  const part = one(query, 'search')?.toLowerCase();
  const whole = one(query, 'filters[search][eq]')?.toLowerCase();
  const tags = [...store.tags.values()].map(tagView);
  const matching = [...tags, TEMPLATE_TAG].filter(({ tag }) => {
    const name = String(tag).toLowerCase();
    return (part === undefined || name.includes(part)) && (whole === undefined || name === whole);
  });
  const { items, meta } = pageOf(matching, query);
  return { status: 200, body: { tags: items, meta } };
}

function createTag(call: Call): Answer {
  const { store } = call;
  const input = wrapped(call.body, 'tag');
  const name = text(input, 'tag') ?? '';
  if (name.trim() === '') throw missing('tag');
  if ([...store.tags.values()].some((tag) => tag.name.toLowerCase() === name.toLowerCase())) {
    throw new Unprocessable('A tag has this name already', 'duplicate', 'tag');
  }
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const description = text(input, 'description') ?? '';
  const tag = store.tags.create((id) => ({ id, name, description, categoryId: '', ...times }));
  call.effect({ operation: 'CreateTag', args: { tag_id: tag.id, name, description } });
  return { status: 201, body: { tag: tagView(tag) } };
}

function listTagsOfContact(call: Call): Answer {
  const contact = contactOf(call);
  return { status: 200, body: { contactTags: contact.tags.map((tag) => contactTagView(contact.id, tag)) } };
}

function applyTag(call: Call): Answer {
  const { store } = call;
  const input = wrapped(call.body, 'contactTag');
  const contactId = idIn(input, 'contact');
  const tagId = idIn(input, 'tag');
  const contact = store.contacts.get(contactId);
  const tag = store.tags.get(tagId);
  if (contact === undefined) throw new ListedNotFound(CONTACT, contactId);
  if (tag === undefined) throw new ListedNotFound('Tag', tagId);
  const known = contact.tags.find((applied) => applied.tagId === tag.id);
  const applied = known ?? { tagId: tag.id, at: Date.now() };
  if (known === undefined) {
    contact.tags.push(applied);
    store.contacts.changed(contact);
  }
  const result = known === undefined ? 'SUCCESS' : 'ALREADY_APPLIED';
  call.effect({ operation: 'ApplyTag', contactId: contact.id, args: { tag_id: tag.id, tag_name: tag.name, result } });
  const status = known === undefined ? 201 : 200;
  return { status, body: { contacts: [], contactTag: contactTagView(contact.id, applied) } };
}

function removeTag(call: Call): Answer {
  const { store, params } = call;
  const id = params['contact_tag_id'] ?? '';
  const { contactId, tagId } = associated(id);
  const owner = store.contacts.get(contactId);
  const isApplied = owner?.tags.some((tag) => tag.tagId === tagId) === true;
  const contact = existing(isApplied ? owner : undefined, 'SubscriberTag', id);
  contact.tags = contact.tags.filter((tag) => tag.tagId !== tagId);
  store.contacts.changed(contact);
  const args = { tag_id: tagId, tag_name: store.tags.get(tagId)?.name ?? '', result: 'SUCCESS' };
  call.effect({ operation: 'RemoveTag', contactId, args });
  return { status: 200, body: {} };
}
