import type { TagRef } from '#connectors';
import { HelperFailure } from '../helper-failure.js';
import type { ContactCrm } from './contact-crm.js';

/** A tag as the configuration names it, and what is sent to the CRM. */
export interface ResolvedTag {
  given: string;
  tag: string;
}

const normalized = (name: string): string => name.trim().toLowerCase();
const looksLikeId = (tag: string): boolean => /^\d+$/.test(tag);

/** `createMissing` makes tags for unknown names, for helpers that apply. */
interface TagResolution {
  createMissing?: boolean;
}

/**
 * Looks up tags given by id or name: every given text to its tag. A known id wins over a name. Numbers are taken for
 * ids without a look-up; where the CRM lists no tags at all, names are passed on for the connection to resolve.
 * @throws HelperFailure `tag_not_found` before anything is written
 */
export async function lookUpTags(
  crm: ContactCrm,
  given: readonly string[],
  { createMissing = false }: TagResolution = {},
): Promise<Map<string, TagRef>> {
  const known = given.every(looksLikeId) ? [] : await crm.getTags();
  const byId = new Map(known.map((tag) => [tag.id, tag]));
  const byName = new Map(known.map((tag) => [normalized(tag.name), tag]));
  const byVendorId = new Map(known.map((tag) => [tag.vendor_id, tag]));
  const found = new Map<string, TagRef>();
  for (const name of given) {
    let tag: TagRef | undefined = byId.get(name) ?? byName.get(normalized(name)) ?? byVendorId.get(name);
    if (tag === undefined && looksLikeId(name)) tag = { id: name, name: '' };
    if (tag === undefined && known.length === 0 && !createMissing) tag = { id: name, name };
    if (tag === undefined && createMissing) tag = await crm.createTag({ name: name.trim() });
    if (tag === undefined) {
      throw new HelperFailure('tag_not_found', 'give_up', `The CRM has no tag "${name.trim()}".`);
    }
    found.set(name, { id: tag.id, name: tag.name });
  }
  return found;
}

/** As {@link lookUpTags}, in the given order and each tag once: for changing the contact's tags. */
export async function resolveTags(
  crm: ContactCrm,
  given: readonly string[],
  resolution: TagResolution = {},
): Promise<ResolvedTag[]> {
  const resolved = new Map<string, ResolvedTag>();
  for (const [name, { id }] of await lookUpTags(crm, given, resolution)) {
    if (!resolved.has(id)) resolved.set(id, { given: name, tag: id });
  }
  return [...resolved.values()];
}
