import type { PlatformSlug, TagRef } from '#connectors';
import { HelperFailure } from '../helper-failure.js';
import type { ContactCrm } from './contact-crm.js';

const normalized = (name: string): string => name.trim().toLowerCase();

/** CRMs whose tags belong to categories; ActiveCampaign's are its tag types. */
const WITH_CATEGORIES: ReadonlySet<PlatformSlug> = new Set(['keap', 'activecampaign', 'sandbox']);

/** The contact's tags. Names come from the CRM's tag list where the contact knows its tags by id only. */
export async function contactTags(crm: ContactCrm): Promise<TagRef[]> {
  const tags = (await crm.contact()).tags ?? [];
  if (tags.every(({ name }) => name !== '')) return tags;
  const names = new Map((await crm.getTags()).map(({ id, name }) => [id, name]));
  return tags.map(({ id, name }) => ({ id, name: name === '' ? (names.get(id) ?? '') : name }));
}

/** Whether a tag that was looked up is among a contact's tags; some CRMs know a contact's tags by name only. */
export function hasTag(tags: readonly TagRef[], wanted: TagRef): boolean {
  const name = normalized(wanted.name);
  return tags.some((tag) => tag.id === wanted.id || (name !== '' && normalized(tag.name) === name));
}

/**
 * The contact's tags whose definition belongs to a category.
 * @throws HelperFailure `unsupported_by_crm` where the CRM has no categories
 */
export async function contactTagsInCategory(
  crm: ContactCrm,
  isWanted: (category: string) => boolean,
): Promise<TagRef[]> {
  const platform = await crm.platform();
  if (!WITH_CATEGORIES.has(platform)) {
    throw new HelperFailure(
      'unsupported_by_crm',
      'give_up',
      `Tags of ${platform} have no categories: leave the category out, or choose the tags by name.`,
    );
  }
  const { tags = [] } = await crm.contact();
  if (tags.length === 0) return [];
  const wanted = new Set((await crm.getTags()).filter(({ category = '' }) => isWanted(category)).map(({ id }) => id));
  return tags.filter(({ id }) => wanted.has(id));
}
