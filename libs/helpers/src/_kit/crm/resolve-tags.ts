import { HelperFailure } from '../helper-failure.js';
import type { ContactCrm } from './contact-crm.js';

/** A tag as the configuration names it, and what is sent to the CRM. */
export interface ResolvedTag {
  given: string;
  tag: string;
}

const normalized = (name: string): string => name.trim().toLowerCase();
const looksLikeId = (tag: string): boolean => /^\d+$/.test(tag);

/**
 * Turns tags given by id or name into ids, in order, each once. A known id wins over a name. Numbers are taken for
 * ids without a look-up; where the CRM lists no tags at all, names are passed on for the connection to resolve.
 * @param createMissing makes tags for unknown names, for helpers that apply
 * @throws HelperFailure `tag_not_found` before anything is written
 */
export async function resolveTags(
  crm: ContactCrm,
  given: readonly string[],
  { createMissing = false }: { createMissing?: boolean } = {},
): Promise<ResolvedTag[]> {
  const known = given.every(looksLikeId) ? [] : await crm.getTags();
  const ids = new Set(known.map((tag) => tag.id));
  const byName = new Map(known.map((tag) => [normalized(tag.name), tag.id]));
  const resolved = new Map<string, ResolvedTag>();
  for (const name of given) {
    let tag = ids.has(name) ? name : byName.get(normalized(name));
    if (tag === undefined && (looksLikeId(name) || (known.length === 0 && !createMissing))) tag = name;
    if (tag === undefined && createMissing) tag = (await crm.createTag({ name: name.trim() })).id;
    if (tag === undefined) {
      throw new HelperFailure('tag_not_found', 'give_up', `The CRM has no tag "${name.trim()}".`);
    }
    if (!resolved.has(tag)) resolved.set(tag, { given: name, tag });
  }
  return [...resolved.values()];
}
