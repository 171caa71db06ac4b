import {
  DEFAULT_ADMIN_SECRET,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  DEMO_CONTACTS,
  DEMO_KEY,
  KEY_PREFIX,
} from '../demo-facts.js';
import type { EffectLog } from '../effects/effect-log.js';
import type { CrmStore } from '../store/crm-store.js';
import { escapeHtml, page } from './html.js';

export interface PageParts {
  store: CrmStore;
  effects: EffectLog;
  /** Bases of the dialects, for the table of addresses. */
  bases: readonly string[];
  /** Secrets are shown only as long as they are the documented defaults. */
  adminSecret: string;
  clientSecret: string;
}

/** A page for people: how to connect, what can be tried, and what happened last. */
export function humanPage({ store, effects, bases, adminSecret, clientSecret }: PageParts): string {
  const contacts = DEMO_CONTACTS.flatMap(({ id }) => store.contacts.get(id) ?? []);
  const shownClientSecret = clientSecret === DEFAULT_CLIENT_SECRET ? clientSecret : 'as configured';
  const shownAdminSecret = adminSecret === DEFAULT_ADMIN_SECRET ? adminSecret : 'as configured';
  return page(
    'Sandbox CRM',
    `<p>A CRM to try helpers on. It holds ${store.contacts.size} contacts and starts again from its seed on request.</p>
<h2>Connect</h2>
${table(
  ['What', 'Value'],
  [
    ['Demo key', DEMO_KEY],
    ['Further keys, each its own connection', `${KEY_PREFIX}<name>`],
    ['OAuth', `/oauth/authorize and /oauth/token, client ${DEFAULT_CLIENT_ID}, secret ${shownClientSecret}, PKCE S256`],
    ['APIs', bases.join(', ')],
    ['Admin routes', `/_admin/..., header x-sandbox-admin: ${shownAdminSecret}`],
  ],
)}
<h2>Contacts to try</h2>
${table(
  ['Id', 'Name', 'E-mail', 'Tags', 'Changed'],
  contacts.map((contact) => [
    contact.id,
    `${contact.firstName} ${contact.lastName}`,
    contact.emails[0]?.address ?? '',
    contact.tags.map(({ tagId }) => store.tags.get(tagId)?.name ?? tagId).join(', '),
    new Date(contact.updatedAt).toISOString(),
  ]),
)}
<h2>Custom fields</h2>
${table(
  ['Id', 'Label', 'Type', 'Options'],
  Array.from(store.customFields.values(), ({ id, label, type, options }) => [
    id,
    label,
    type,
    options.map((option) => option.label).join(', '),
  ]),
)}
<h2>What was changed last</h2>
${table(
  ['#', 'At', 'Operation', 'Contact', 'Details'],
  effects
    .latest(25)
    .map(({ seq, at, operation, contact_id: id, args }) => [
      String(seq),
      at,
      operation,
      id ?? '',
      JSON.stringify(args),
    ]),
)}`,
  );
}

function table(heads: readonly string[], rows: readonly string[][]): string {
  if (rows.length === 0) return '<p>Nothing yet.</p>';
  const cells = (tag: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
  return `<table>${cells('th', heads)}${rows.map((row) => cells('td', row)).join('')}</table>`;
}
