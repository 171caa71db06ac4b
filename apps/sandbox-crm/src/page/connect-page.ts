import { DEFAULT_ADMIN_SECRET, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET, DEMO_KEY, KEY_PREFIX } from '../demo-facts.js';
import type { Dialect } from '../dialects/dialect.js';
import { escapeHtml, page } from '../server/html.js';
import { facts } from './parts.js';
import { vendorFacts, vendorName } from './vendors.js';

export interface ConnectParts {
  dialects: readonly Dialect[];
  /** Where this sandbox is reached, as the browser has it. */
  origin: string;
  clientId: string;
  /** Secrets are shown only as long as they are the documented defaults. */
  clientSecret: string;
  adminSecret: string;
}

/** How each vendor is connected, by a user of the product and by a request of one's own. */
export function connectPage(parts: ConnectParts): string {
  const { dialects, clientId, clientSecret, adminSecret } = parts;
  const cards = dialects.map((dialect) => vendorCard(dialect, parts)).join('\n');
  return page(
    'Connect',
    `<p>One book of contacts, ${dialects.length} vendors: each of the APIs below reads and changes the same people. What one of them changes, the others see.</p>
<section aria-labelledby="keys"><h2 id="keys">What opens all of them</h2>
${facts([
  ['Key', code(DEMO_KEY)],
  ['Further keys', `${code(`${KEY_PREFIX}<name>`)} <small>each a connection of its own on the same contacts</small>`],
  [
    'OAuth client',
    `${code(clientId)} <small>${clientId === DEFAULT_CLIENT_ID ? 'known to the product without registration' : 'as configured'}</small>`,
  ],
  ['OAuth secret', clientSecret === DEFAULT_CLIENT_SECRET ? code(clientSecret) : 'as configured'],
  [
    'Admin routes',
    `${code('/_admin/...')} with the header ${code(`x-sandbox-admin: ${adminSecret === DEFAULT_ADMIN_SECRET ? adminSecret : '...'}`)}`,
  ],
])}</section>
<div class="vendors">${cards}</div>`,
  );
}

function vendorCard({ name, base, oauth }: Dialect, { origin }: ConnectParts): string {
  const { form = {}, headers = [], sample = '' } = vendorFacts(name) ?? {};
  const command = ['curl', ...headers.map((line) => `-H '${line}'`), `'${origin}${base}${sample}'`].join(' ');
  const fields = Object.entries(form).map(
    ([field, value]) => `${escapeHtml(field)} ${code(value.replace('{origin}', origin))}`,
  );
  const rows: [string, string][] = [
    ['Form in the product', fields.join('<br>')],
    [
      'Sign-in by OAuth',
      oauth === undefined ? 'not at this vendor' : `${code(oauth.authorizePath)}<br>${code(oauth.tokenPath)}`,
    ],
    ['API', code(origin + base)],
    ['Try it', code(command)],
  ];
  return `<section class="card" id="${escapeHtml(name)}" aria-labelledby="${escapeHtml(name)}-title">
<h2 id="${escapeHtml(name)}-title"><span class="vendor ${escapeHtml(name)}">${escapeHtml(vendorName(name))}</span></h2>
${facts(rows)}</section>`;
}

function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}
