import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { Tag } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { LocationTag, TagAnswer, TagList } from './schemas.js';

/** Every tag of the location; the list is not paged. */
export async function allTags(client: VendorClient, operation: ConnectorOperation = 'getTags'): Promise<Tag[]> {
  const { tags } = await client.call({
    operation,
    method: 'GET',
    path: path`/locations/${client.accountId}/tags`,
    target: 'tags',
    repeatable: true,
    answer: TagList,
  });
  return tags.filter(({ name }) => name.trim() !== '').map(normalizedTag);
}

/** Contacts know their tags by name, and so do all calls: the name is the identity, the vendor's id only a reference. */
function normalizedTag({ id, name }: LocationTag): Tag {
  return { id: name, name, ...(id && { vendor_id: id }) };
}

/** Repeatable: a contact that has the tag keeps it. A name that no tag has would become a new tag. */
export function applyTag(client: VendorClient, contactId: string, name: string): Promise<void> {
  return changeTag(client, 'applyTag', 'POST', contactId, name);
}

/** Repeatable: removing an absent tag is no error. */
export function removeTag(client: VendorClient, contactId: string, name: string): Promise<void> {
  return changeTag(client, 'removeTag', 'DELETE', contactId, name);
}

function changeTag(
  client: VendorClient,
  operation: 'applyTag' | 'removeTag',
  method: 'POST' | 'DELETE',
  contactId: string,
  name: string,
): Promise<void> {
  return client.call<void>({
    operation,
    method,
    path: path`/contacts/${contactId}/tags`,
    target: `contacts/${contactId}/tags`,
    json: { tags: [name] },
    repeatable: true,
  });
}

/** The location has one tag of a name, whatever its letter case. Descriptions and categories do not exist there. */
export async function makeTag(client: VendorClient, name: string): Promise<Tag> {
  const wanted = name.trim().toLowerCase();
  const known = (await allTags(client, 'createTag')).find((tag) => tag.name.trim().toLowerCase() === wanted);
  if (known !== undefined) return known;
  const { tag } = await client.call({
    operation: 'createTag',
    method: 'POST',
    path: path`/locations/${client.accountId}/tags`,
    target: 'tags',
    json: { name: name.trim() },
    repeatable: false,
    answer: TagAnswer,
  });
  return normalizedTag(tag);
}
