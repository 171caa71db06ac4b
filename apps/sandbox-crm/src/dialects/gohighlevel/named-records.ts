import type { CrmStore } from '../../store/crm-store.js';
import type { TagRecord } from '../../store/records.js';

/** The tag of a name in any letter case; a name that no tag has becomes a new one. */
export function tagNamed(store: CrmStore, name: string): TagRecord {
  const wanted = name.trim().toLowerCase();
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  return (
    knownTag(store, wanted) ??
    store.tags.create((id) => ({ id, name: wanted, description: '', categoryId: '', ...times }))
  );
}

export function knownTag(store: CrmStore, name: string): TagRecord | undefined {
  const wanted = name.trim().toLowerCase();
  return [...store.tags.values()].find((tag) => tag.name.toLowerCase() === wanted);
}

/** The id of a company by its name, which is all that this vendor knows of one. */
export function companyNamed(store: CrmStore, name: string): string {
  if (name === '') return '';
  const known = [...store.companies.values()].find((company) => company.name.toLowerCase() === name.toLowerCase());
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  return (known ?? store.companies.create((id) => ({ id, name, website: '', phone: '', ...times }))).id;
}
