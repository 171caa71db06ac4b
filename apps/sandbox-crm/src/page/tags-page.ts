import { escapeHtml, page } from '../server/html.js';
import type { CrmStore } from '../store/crm-store.js';
import { live } from './parts.js';

export function tagsPage(store: CrmStore): string {
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
  return page(
    'Tags',
    live('tags', 'div', `<table><thead><tr>${heads}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`),
  );
}
