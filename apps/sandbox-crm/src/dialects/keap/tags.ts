import type { Answer } from '../../server/answer.js';
import type { ContactRecord, TagCategoryRecord, TagRecord } from '../../store/records.js';
import { isoTime } from '../../store/iso-time.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found, inputOf, isObject, requiredText, text } from '../input.js';
import { byIds, byText, byTime, conditionsOf, filtered } from './filter.js';
import { maskOf, pageOf } from './paging.js';

const TAG = 'Tag';
const CATEGORY = 'TagCategory';
const MASK: ReadonlySet<string> = new Set(['name', 'description', 'category']);

export const tagOperations: readonly Operation[] = [
  { method: 'GET', path: '/tags', name: 'GetTags', handle: listTags },
  { method: 'POST', path: '/tags', name: 'CreateTag', handle: createTag },
  { method: 'GET', path: '/tags/categories', name: 'GetTagCategories', handle: listCategories },
  { method: 'POST', path: '/tags/categories', name: 'CreateTagCategory', handle: createCategory },
  { method: 'GET', path: '/tags/categories/:tag_category_id', name: 'GetTagCategory', handle: getCategory },
  {
    method: 'GET',
    path: '/tags/:tag_id',
    name: 'GetTag',
    handle: (call) => ({ status: 200, body: tagView(tagOf(call)) }),
  },
  { method: 'PATCH', path: '/tags/:tag_id', name: 'UpdateTag', handle: updateTag },
  { method: 'DELETE', path: '/tags/:tag_id', name: 'DeleteTag', handle: deleteTag },
];

/** The tag that the path names, or a refusal. */
export function tagOf({ params, store }: Call): TagRecord {
  return found(store.tags.get(params['tag_id'] ?? ''), TAG, params['tag_id']);
}

export function tagView(tag: TagRecord): Record<string, unknown> {
  return {
    id: tag.id,
    name: tag.name,
    description: tag.description,
    ...(tag.categoryId === '' ? {} : { category: { id: tag.categoryId } }),
    create_time: isoTime(tag.createdAt),
    update_time: isoTime(tag.updatedAt),
  };
}

function categoryView(category: TagCategoryRecord): Record<string, unknown> {
  const { id, name, description } = category;
  return { id, name, description, create_time: isoTime(category.createdAt), update_time: isoTime(category.updatedAt) };
}

function listTags({ query, store }: Call): Answer {
  const matching = filtered(store.tags.values(), conditionsOf(query), {
    name: byText<TagRecord>((tag) => tag.name),
    description: byText<TagRecord>((tag) => tag.description),
    category_id: byText<TagRecord>((tag) => tag.categoryId),
    tag_ids: byIds<TagRecord>((tag) => tag.id),
    since_create_time: byTime<TagRecord>((tag) => tag.createdAt, 'since'),
    until_create_time: byTime<TagRecord>((tag) => tag.createdAt, 'until'),
    since_update_time: byTime<TagRecord>((tag) => tag.updatedAt, 'since'),
    until_update_time: byTime<TagRecord>((tag) => tag.updatedAt, 'until'),
  });
  const page = pageOf(matching, query, {
    name: (tag) => tag.name.toLowerCase(),
    create_time: (tag) => tag.createdAt,
    update_time: (tag) => tag.updatedAt,
  });
  return { status: 200, body: { tags: page.items.map(tagView), next_page_token: page.nextPageToken } };
}

function createTag(call: Call): Answer {
  const { store } = call;
  const input = inputOf(call.body);
  const name = requiredText(input, 'name');
  refuseTakenName(call, name);
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const description = text(input, 'description') ?? '';
  const categoryId = categoryIdOf(call, input['category']);
  const tag = store.tags.create((id) => ({ id, name, description, categoryId, ...times }));
  call.effect({ operation: 'CreateTag', args: { tag_id: tag.id, name, description, category_id: categoryId } });
  return { status: 201, body: tagView(tag) };
}

function updateTag(call: Call): Answer {
  const tag = tagOf(call);
  const input = inputOf(call.body);
  const mask = maskOf(call.query, MASK) ?? new Set(Object.keys(input));
  const name = mask.has('name') ? requiredText(input, 'name') : tag.name;
  if (name.toLowerCase() !== tag.name.toLowerCase()) refuseTakenName(call, name);
  if (mask.has('category')) tag.categoryId = categoryIdOf(call, input['category']);
  if (mask.has('description')) tag.description = text(input, 'description') ?? '';
  tag.name = name;
  tag.updatedAt = Date.now();
  call.store.tags.touch(tag.id);
  call.effect({ operation: 'UpdateTag', args: { tag_id: tag.id, ...input } });
  return { status: 200, body: tagView(tag) };
}

function deleteTag(call: Call): Answer {
  const { store } = call;
  const tag = tagOf(call);
  store.tags.delete(tag.id);
  const carries = (contact: ContactRecord): boolean => contact.tags.some(({ tagId }) => tagId === tag.id);
  for (const contact of store.contacts.values()) {
    if (!carries(contact)) continue;
    contact.tags = contact.tags.filter(({ tagId }) => tagId !== tag.id);
    store.contacts.changed(contact);
  }
  call.effect({ operation: 'DeleteTag', args: { tag_id: tag.id } });
  return { status: 204 };
}

function refuseTakenName({ store }: Call, name: string): void {
  for (const tag of store.tags.values()) {
    if (tag.name.toLowerCase() === name.toLowerCase()) throw new Refusal(409, `A tag named ${name} exists`, TAG);
  }
}

function categoryIdOf({ store }: Call, category: unknown): string {
  if (category === undefined || category === null) return '';
  const id = isObject(category) ? requiredText(category, 'id') : '';
  if (!store.tagCategories.has(id)) throw new Refusal(400, `Tag category ${id} does not exist`, CATEGORY);
  return id;
}

function listCategories({ query, store }: Call): Answer {
  const matching = filtered(store.tagCategories.values(), conditionsOf(query), {
    name: byText<TagCategoryRecord>((category) => category.name),
  });
  const page = pageOf(matching, query, {
    name: (category) => category.name.toLowerCase(),
    create_time: (category) => category.createdAt,
    update_time: (category) => category.updatedAt,
  });
  const body = { tag_categories: page.items.map(categoryView), next_page_token: page.nextPageToken };
  return { status: 200, body };
}

function createCategory(call: Call): Answer {
  const input = inputOf(call.body);
  const name = requiredText(input, 'name');
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const description = text(input, 'description') ?? '';
  const category = call.store.tagCategories.create((id) => ({ id, name, description, ...times }));
  call.effect({ operation: 'CreateTagCategory', args: { category_id: category.id, name } });
  return { status: 201, body: categoryView(category) };
}

function getCategory({ params, store }: Call): Answer {
  const id = params['tag_category_id'] ?? '';
  return { status: 200, body: categoryView(found(store.tagCategories.get(id), CATEGORY, id)) };
}
