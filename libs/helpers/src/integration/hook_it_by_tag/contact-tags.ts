import type { TagRef } from '#connectors';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';

const normalized = (name: string): string => name.trim().toLowerCase();

/** Answers whether the contact has a tag, given by id or by name; an id wins over a name. */
export async function contactTags(
  crm: ContactCrm,
  wanted: readonly string[],
): Promise<{ ids: string[]; has: (tag: string) => boolean }> {
  const tags = (await crm.contact()).tags ?? [];
  const ids = new Set(tags.map(({ id }) => id));
  const nameless = tags.some(({ name }) => name === '');
  const lookUp = nameless && wanted.some((tag) => !ids.has(tag) && !/^\d+$/.test(tag));
  const names = new Map<string, string>();
  const known: readonly TagRef[] = lookUp ? await crm.getTags() : [];
  for (const { id, name } of [...known, ...tags]) if (name !== '') names.set(normalized(name), id);
  const has = (tag: string): boolean => ids.has(tag) || ids.has(names.get(normalized(tag)) ?? '');
  return { ids: [...ids], has };
}
