import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { Tag } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { criterion } from './filter.js';
import { everyPage } from './paging.js';
import { refuse } from '../_kit/refuse.js';
import { ApplyTagsAnswer, KeapTag, TagCategoryPage, TagPage } from './schemas.js';

/** Every tag; categories come as ids, so their names are read too when there are any and somebody wants them. */
export async function allTags(client: VendorClient, namesOnly: boolean): Promise<Tag[]> {
  const call = { operation: 'getTags', path: path`/tags`, target: 'tags', answer: TagPage } as const;
  const tags = await everyPage(client, call, (page) => page.tags);
  const categorised = !namesOnly && tags.some(({ category }) => category?.id);
  const names = categorised ? await categoryNames(client) : new Map<string, string>();
  return tags.map((tag) => normalizedTag(tag, names));
}

/** Applying is repeatable: a contact that has the tag keeps it. */
export async function applyTag(client: VendorClient, contactId: string, tagId: string): Promise<void> {
  const { results } = await client.call({
    operation: 'applyTag',
    method: 'POST',
    path: path`/tags/${tagId}/contacts:applyTags`,
    target: `tags/${tagId}/contacts/${contactId}`,
    json: { contact_ids: [contactId] },
    repeatable: true,
    answer: ApplyTagsAnswer,
  });
  const outcome = results?.[contactId] ?? '';
  if (/not.?(exist|found)/i.test(outcome)) {
    throw refuse(client.platform, 'applyTag', 'not_found', `Contact ${contactId} does not exist`, true);
  }
  if (/fail|error|invalid|denied/i.test(outcome)) {
    throw refuse(client.platform, 'applyTag', 'validation', `Keap did not apply the tag to contact ${contactId}`, true);
  }
}

/** A POST in spite of what it does; removing an absent tag is no error. */
export function removeTag(client: VendorClient, contactId: string, tagId: string): Promise<void> {
  return client.call<void>({
    operation: 'removeTag',
    method: 'POST',
    path: path`/tags/${tagId}/contacts:removeTags`,
    target: `tags/${tagId}/contacts/${contactId}`,
    json: { contact_ids: [contactId] },
    repeatable: true,
  });
}

export async function makeTag(
  client: VendorClient,
  tag: { name: string; description?: string; category?: string },
): Promise<Tag> {
  const known = await tagNamed(client, tag.name);
  if (known !== undefined) return normalizedTag(known, new Map());
  const categoryId = tag.category === undefined ? undefined : await findCategory(client, tag.category);
  const made = await client.call({
    operation: 'createTag',
    method: 'POST',
    path: path`/tags`,
    target: 'tags',
    json: {
      name: tag.name,
      ...(tag.description === undefined ? {} : { description: tag.description }),
      ...(categoryId === undefined ? {} : { category: { id: categoryId } }),
    },
    repeatable: false,
    answer: KeapTag,
  });
  return normalizedTag(made, new Map());
}

async function tagNamed(client: VendorClient, name: string): Promise<KeapTag | undefined> {
  const filter = criterion('name', name);
  const call = { operation: 'createTag', path: path`/tags`, target: 'tags', answer: TagPage } as const;
  // A name that the filter cannot hold is looked for among all tags.
  const tags = await everyPage(
    client,
    filter === undefined ? call : { ...call, query: { filter } },
    (page) => page.tags,
  );
  const wanted = name.trim().toLowerCase();
  return tags.find((tag) => tag.name?.trim().toLowerCase() === wanted);
}

async function findCategory(client: VendorClient, category: string): Promise<string> {
  const names = await categoryNames(client, 'createTag');
  if (names.has(category)) return category;
  const wanted = category.trim().toLowerCase();
  for (const [id, name] of names) if (name.trim().toLowerCase() === wanted) return id;
  throw refuse(client.platform, 'createTag', 'validation', 'There is no tag category of this name');
}

async function categoryNames(
  client: VendorClient,
  operation: ConnectorOperation = 'getTags',
): Promise<Map<string, string>> {
  const call = { operation, path: path`/tags/categories`, target: 'tags/categories', answer: TagCategoryPage } as const;
  const categories = await everyPage(client, call, (page) => page.tag_categories);
  return new Map(categories.map(({ id, name }) => [id, name ?? '']));
}

function normalizedTag(tag: KeapTag, categories: ReadonlyMap<string, string>): Tag {
  const categoryId = tag.category?.id ?? '';
  const category = categories.get(categoryId) ?? categoryId;
  return {
    id: tag.id,
    name: tag.name ?? '',
    ...(tag.description ? { description: tag.description } : {}),
    ...(category === '' ? {} : { category }),
  };
}
