import type { EffectLog } from '../effects/effect-log.js';
import { escapeHtml, page } from '../server/html.js';
import type { CrmStore } from '../store/crm-store.js';
import { emailStatusOf } from '../store/email-status.js';
import type { ContactRecord, FieldValue, PostalAddress } from '../store/records.js';
import { effectsSection } from './effects-section.js';
import { amount, facts, fullName, JUMP_TO_EFFECTS, live, tagList, timeElement } from './parts.js';

export function contactPage(contact: ContactRecord, store: CrmStore, effects: EffectLog): string {
  const body = `${JUMP_TO_EFFECTS}
<div class="columns">
<div>
${live('person', 'section', `<h2>Person</h2>${person(contact, store)}`)}
${live('tags', 'section', `<h2>Tags</h2>${tagList(contact.tags, store)}`)}
${live('fields', 'section', `<h2>Custom fields</h2>${customFields(contact, store)}`)}
${live('dealings', 'section', dealings(contact.id, store))}
</div>
${effectsSection(effects, store, contact.id)}
</div>`;
  return page(fullName(contact), body);
}

function person(contact: ContactRecord, store: CrmStore): string {
  const owner = store.users.get(contact.ownerId);
  const emails = contact.emails.map(
    ({ address }) => `${escapeHtml(address)} <small>${escapeHtml(emailStatusOf(store, address).status)}</small>`,
  );
  const phones = contact.phones.map(({ number, type }) => `${escapeHtml(number)} <small>${escapeHtml(type)}</small>`);
  return facts([
    ['Number', escapeHtml(contact.id)],
    ['First name', escapeHtml(contact.firstName)],
    ['Last name', escapeHtml(contact.lastName)],
    ['E-mail', emails.join('<br>')],
    ['Phone', phones.join('<br>')],
    ['Company', escapeHtml(store.companies.get(contact.companyId)?.name ?? '')],
    ['Job title', escapeHtml(contact.jobTitle)],
    ['Address', contact.addresses.map(postal).join('<br>')],
    ['Website', escapeHtml(contact.website)],
    ['Birthday', escapeHtml(contact.birthday)],
    ['Anniversary', escapeHtml(contact.anniversary)],
    ['Owner', owner === undefined ? '' : escapeHtml(`${owner.firstName} ${owner.lastName}`)],
    ['Lead source', escapeHtml(store.leadSources.get(contact.leadSourceId)?.name ?? '')],
    [
      'Known to one vendor',
      contact.extra === undefined ? '' : `<code>${escapeHtml(JSON.stringify(contact.extra))}</code>`,
    ],
    ['Created', timeElement(contact.createdAt)],
    ['Changed', timeElement(contact.updatedAt)],
  ]);
}

function postal({ kind, line1, line2, postalCode, city, region, countryCode }: PostalAddress): string {
  const parts = [line1, line2, `${postalCode} ${city}`.trim(), region, countryCode].filter((part) => part !== '');
  return `${escapeHtml(parts.join(', '))} <small>${escapeHtml(kind)}</small>`;
}

/** Every field of the CRM, so that one sees which are empty. */
function customFields(contact: ContactRecord, store: CrmStore): string {
  const rows = Array.from(store.customFields.values(), ({ id, label, type }): [string, string] => {
    const value = contact.fields[id];
    const shown = value === undefined ? '<span class="quiet">not set</span>' : escapeHtml(textOf(value));
    return [label, `${shown} <small>${escapeHtml(type.replaceAll('_', ' '))}</small>`];
  });
  return facts(rows);
}

function textOf(value: FieldValue): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function dealings(contactId: string, store: CrmStore): string {
  const groups: [title: string, rows: string[]][] = [
    [
      'Notes',
      store.notes
        .of(contactId)
        .map(({ title, text, type, createdAt }) =>
          row([title, text.replaceAll('\n', ' '), type].filter((part) => part !== '').join(' · '), createdAt),
        ),
    ],
    [
      'Orders',
      store.orders
        .of(contactId)
        .map(({ title, status, totalMinor, orderedAt }) =>
          row(`${title} · ${amount(totalMinor)} · ${status.toLowerCase()}`, orderedAt),
        ),
    ],
    [
      'Opportunities',
      store.opportunities
        .of(contactId)
        .map(({ title, stageId, highMinor, createdAt }) =>
          row(`${title} · ${store.stages.get(stageId)?.name ?? stageId} · up to ${amount(highMinor)}`, createdAt),
        ),
    ],
  ];
  return groups
    .map(
      ([title, rows]) =>
        `<h2>${title}</h2>${rows.length === 0 ? '<p class="quiet">None</p>' : `<ul>${rows.join('')}</ul>`}`,
    )
    .join('\n');
}

function row(text: string, at: number): string {
  return `<li>${escapeHtml(text)} <small>${timeElement(at)}</small></li>`;
}
