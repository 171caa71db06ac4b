import type { EffectLog } from '../effects/effect-log.js';
import { escapeHtml, page } from '../server/html.js';
import type { CrmStore } from '../store/crm-store.js';
import { effectsSection } from './effects-section.js';
import { JUMP_TO_EFFECTS, live } from './parts.js';

export function tagsPage(store: CrmStore, effects: EffectLog): string {
  const carriers = new Map<string, number>();
  for (const { tags } of store.contacts.values()) {
    for (const { tagId } of tags) carriers.set(tagId, (carriers.get(tagId) ?? 0) + 1);
  }
  const rows = Array.from(store.tags.values(), ({ id, name, categoryId }) => {
    const cells = [
      escapeHtml(id),
      `<a href="/?tag=${encodeURIComponent(id)}">${escapeHtml(name)}</a> <small>${escapeHtml(store.tagCategories.get(categoryId)?.name ?? '')}</small>`,
      String(carriers.get(id) ?? 0),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const heads = ['Id', 'Name and category', 'Contacts'].map((head) => `<th scope="col">${head}</th>`).join('');
  const table = `<table><thead><tr>${heads}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
  return page(
    'Tags',
    `${JUMP_TO_EFFECTS}
<div class="columns">${live('tags', 'div', table)}
${effectsSection(effects, store)}</div>`,
  );
}
