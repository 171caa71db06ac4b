import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { Tag } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';
import { condition } from './condition.js';
import { ask, OBJECT, PATHS, recordNumber, tell } from './objects.js';
import { everyRecord } from './paging.js';
import { Attributes, Records, type OntraportRecord } from './schemas.js';

/** Every tag of contacts; other kinds of objects have tags of their own. */
export async function allTags(client: VendorClient): Promise<Tag[]> {
  const walk = { operation: 'getTags', target: 'tags', query: { objectID: OBJECT.tag } } as const;
  return (await everyRecord(client, walk)).filter(isOfContacts).flatMap(normalizedTag);
}

/** Puts tags on a contact. Repeatable: a contact that has the tag keeps it. */
export function addTags(
  client: VendorClient,
  operation: ConnectorOperation,
  contactId: string,
  tagIds: readonly string[],
): Promise<void> {
  const add_list = tagNumbers(client, operation, tagIds);
  return changeTags(client, operation, 'PUT', contactId, { add_list });
}

/** Takes tags off a contact. Removing an absent tag is no error. */
export function removeTags(client: VendorClient, contactId: string, tagIds: readonly string[]): Promise<void> {
  const remove_list = tagNumbers(client, 'removeTag', tagIds);
  return changeTags(client, 'removeTag', 'DELETE', contactId, { remove_list });
}

/** @param contactId checked by the caller: an empty one would mean every contact */
function changeTags(
  client: VendorClient,
  operation: ConnectorOperation,
  method: 'PUT' | 'DELETE',
  contactId: string,
  list: Readonly<Record<string, string>>,
): Promise<void> {
  const ids = recordNumber(client, operation, 'contact', contactId);
  const target = `contacts/${ids}/tags`;
  const json = { objectID: OBJECT.contact, ids, ...list };
  return tell(client, { operation, method, path: PATHS.tagged, target, json, repeatable: true });
}

function tagNumbers(client: VendorClient, operation: ConnectorOperation, tagIds: readonly string[]): string {
  return tagIds.map((id) => recordNumber(client, operation, 'tag', id)).join(',');
}

/** Answers the tag of that name, made if need be. Descriptions and categories do not exist here. */
export async function makeTag(client: VendorClient, { name }: { name: string }): Promise<Tag> {
  const operation = 'createTag';
  if (name.trim() === '') throw refuse(client.platform, operation, 'validation', 'A tag needs a name');
  const known = await tagNamed(client, name);
  if (known !== undefined) return known;
  const { data } = await ask(
    client,
    {
      operation,
      method: 'POST',
      path: PATHS.many,
      target: 'tags',
      json: { objectID: OBJECT.tag, tag_name: name.trim(), object_type_id: OBJECT.contact },
      repeatable: false,
    },
    Attributes,
  );
  const [made] = normalizedTag({ tag_name: name.trim(), ...data });
  if (made !== undefined) return made;
  throw refuse(client.platform, operation, 'protocol', 'Ontraport does not name the tag it made', true);
}

async function tagNamed(client: VendorClient, name: string): Promise<Tag | undefined> {
  const only = condition([
    { field: 'tag_name', value: name.trim() },
    { field: 'object_type_id', value: String(OBJECT.contact) },
  ]);
  const { data } = await ask(
    client,
    {
      operation: 'createTag',
      method: 'GET',
      path: PATHS.many,
      target: 'tags',
      query: { objectID: OBJECT.tag, condition: only },
      repeatable: true,
    },
    Records,
  );
  const wanted = name.trim().toLowerCase();
  return data.flatMap(normalizedTag).find((tag) => tag.name.trim().toLowerCase() === wanted);
}

function isOfContacts(tag: OntraportRecord): boolean {
  return Number(tag['object_type_id'] ?? OBJECT.contact) === OBJECT.contact;
}

function normalizedTag(tag: OntraportRecord): Tag[] {
  const id = tag['tag_id'] ?? tag['id'];
  return id === undefined ? [] : [{ id, name: tag['tag_name'] ?? '' }];
}
