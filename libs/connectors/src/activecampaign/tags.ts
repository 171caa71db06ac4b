import { path } from '../_kit/call/vendor-path.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { Tag } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import type { Caller } from './caller.js';
import type { AppliedTag } from './contact-record.js';
import { everyPage } from './paging.js';
import { ContactTagPage, TagPage, WrittenContactTag, WrittenTag, type AcTag } from './schemas.js';

/** Templates have tags, too, which no contact can have. */
const KIND = 'contact';

export async function allTags(client: Caller): Promise<Tag[]> {
  return (await tagPages(client, 'getTags', {})).map(normalizedTag);
}

/** What a contact is tagged with; the names are not told here. */
export async function tagsOf(client: Caller, contactId: string, operation: ConnectorOperation): Promise<AppliedTag[]> {
  const pages = await everyPage(
    client,
    {
      operation,
      path: path`/contacts/${contactId}/contactTags`,
      target: `contacts/${contactId}/contactTags`,
      answer: ContactTagPage,
    },
    ({ contactTags }) => contactTags.length,
  );
  return pages.flatMap(({ contactTags }) =>
    contactTags.map(({ id, tag }) => ({ associationId: id, tagId: tag, name: '' })),
  );
}

/** Applying is repeatable: a contact that has the tag keeps it. */
export async function applyTag(
  client: Caller,
  contactId: string,
  tagId: string,
  operation: ConnectorOperation = 'applyTag',
): Promise<AppliedTag> {
  const { contactTag } = await client.call({
    operation,
    method: 'POST',
    path: path`/contactTags`,
    target: `contacts/${contactId}/tags/${tagId}`,
    json: { contactTag: { contact: contactId, tag: tagId } },
    repeatable: true,
    answer: WrittenContactTag,
  });
  return { associationId: contactTag.id, tagId, name: '' };
}

/** Takes an association away; one that is gone already was what we wanted. */
export async function removeAssociation(client: Caller, contactId: string, tag: AppliedTag): Promise<void> {
  try {
    await client.call<void>({
      operation: 'removeTag',
      method: 'DELETE',
      path: path`/contactTags/${tag.associationId}`,
      target: `contacts/${contactId}/tags/${tag.tagId}`,
      repeatable: true,
    });
  } catch (error) {
    if (!isConnectorError(error) || error.kind !== 'not_found') throw error;
  }
}

/** The tag of that name, made where there is none. Tags have no categories here. */
export async function makeTag(client: Caller, { name, description }: { name: string; description?: string }) {
  const known = await tagNamed(client, name);
  if (known !== undefined) return normalizedTag(known);
  try {
    const { tag } = await client.call({
      operation: 'createTag',
      method: 'POST',
      path: path`/tags`,
      target: 'tags',
      json: { tag: { tag: name, tagType: KIND, description: description ?? '' } },
      repeatable: false,
      answer: WrittenTag,
    });
    return normalizedTag(tag);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    const theirs = isConnectorError(error) && error.kind === 'conflict' ? await tagNamed(client, name) : undefined;
    if (theirs === undefined) throw error;
    return normalizedTag(theirs);
  }
}

/** The search is for parts of names. */
async function tagNamed(client: Caller, name: string): Promise<AcTag | undefined> {
  const wanted = name.trim().toLowerCase();
  const found = await tagPages(client, 'createTag', { search: name.trim() });
  return found.find(({ tag }) => tag?.trim().toLowerCase() === wanted);
}

async function tagPages(
  client: Caller,
  operation: ConnectorOperation,
  query: Record<string, string>,
): Promise<AcTag[]> {
  const pages = await everyPage(
    client,
    { operation, path: path`/tags`, target: 'tags', query, answer: TagPage },
    ({ tags }) => tags.length,
  );
  return pages.flatMap(({ tags }) => tags).filter(({ tagType }) => (tagType ?? KIND) === KIND);
}

function normalizedTag({ id, tag, description }: AcTag): Tag {
  return { id, name: tag ?? '', ...(description ? { description } : {}) };
}
