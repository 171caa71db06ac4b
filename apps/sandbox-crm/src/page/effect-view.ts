import type { LoggedEffect } from '../effects/effect-log.js';
import { escapeHtml } from '../server/html.js';
import type { CrmStore } from '../store/crm-store.js';
import { fullName, timeElement } from './parts.js';
import { vendorName } from './vendors.js';

const LONGEST_VALUE = 200;

/** One entry of the log, as the page has it at first and as the stream brings it later. */
export function effectItem(effect: LoggedEffect, store: CrmStore): string {
  const { seq, at, dialect, operation, contact_id: id, args } = effect;
  const details = Object.entries(args).map(
    ([name, value]) => `<span class="detail"><b>${escapeHtml(name)}</b> ${escapeHtml(shown(value))}</span>`,
  );
  return `<li data-seq="${seq}"><p><span class="vendor ${escapeHtml(dialect)}">${escapeHtml(vendorName(dialect))}</span>
<strong>${escapeHtml(operation)}</strong>${id === null ? '' : ` on ${contactLink(id, store)}`}
<small>${timeElement(Date.parse(at))}</small></p>${details.length === 0 ? '' : `<p class="details">${details.join(' ')}</p>`}</li>`;
}

function contactLink(id: string, store: CrmStore): string {
  const contact = store.contacts.get(id);
  if (contact === undefined) return `contact ${escapeHtml(id)}`;
  return `<a href="/contacts/${encodeURIComponent(id)}">${escapeHtml(fullName(contact))}</a>`;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)} ...` : text;
}
