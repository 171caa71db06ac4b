import { isoTime } from '../store/iso-time.js';
import { escapeHtml } from '../server/html.js';
import type { CrmStore } from '../store/crm-store.js';
import type { AppliedTag, ContactRecord } from '../store/records.js';

export function fullName({ firstName, lastName, emails, id }: ContactRecord): string {
  const name = `${firstName} ${lastName}`.trim();
  return name === '' ? (emails[0]?.address ?? `Contact ${id}`) : name;
}

export function timeElement(time: number): string {
  const iso = isoTime(time);
  return `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}

export function tagList(tags: readonly AppliedTag[], store: CrmStore): string {
  if (tags.length === 0) return '<p class="quiet">No tags</p>';
  const items = tags.map(({ tagId }) => {
    const name = store.tags.get(tagId)?.name ?? tagId;
    return `<li><a class="tag" href="/?tag=${encodeURIComponent(tagId)}">${escapeHtml(name)}</a></li>`;
  });
  return `<ul class="tags" aria-label="Tags">${items.join('')}</ul>`;
}

/** A part of a page that is fetched anew when something was changed in the store. */
export function live(name: string, element: 'div' | 'li' | 'section' | 'p', html: string): string {
  return `<${element} data-live="${escapeHtml(name)}">${html}</${element}>`;
}

/** Names and values; what is empty is left out. */
export function facts(rows: readonly [name: string, html: string][]): string {
  const filled = rows.filter(([, html]) => html !== '');
  if (filled.length === 0) return '<p class="quiet">Nothing</p>';
  return `<dl>${filled.map(([name, html]) => `<div><dt>${escapeHtml(name)}</dt><dd>${html}</dd></div>`).join('')}</dl>`;
}

export function amount(minor: number): string {
  return (minor / 100).toFixed(2);
}

/** For screens on which the log of effects stands below everything else. */
export const JUMP_TO_EFFECTS = '<p class="jump"><a href="#effects">What was changed</a></p>';
