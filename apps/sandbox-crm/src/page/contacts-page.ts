import { CONTACTS_PER_PAGE, findContacts, type ContactPage, type ContactQuestion } from './contact-search.js';
import { effectsSection } from './effects-section.js';
import { fullName, JUMP_TO_EFFECTS, live, tagList } from './parts.js';
import { DEMO_KEY } from '../demo-facts.js';
import type { EffectLog } from '../effects/effect-log.js';
import { escapeHtml, page } from '../server/html.js';
import type { CrmStore } from '../store/crm-store.js';
import type { ContactRecord } from '../store/records.js';
import { vendorName } from './vendors.js';

export interface ContactsParts {
  store: CrmStore;
  effects: EffectLog;
  /** Names of the dialects, for links to how each is connected. */
  dialects: readonly string[];
}

export function contactsPage({ store, effects, dialects }: ContactsParts, question: ContactQuestion): string {
  const found = findContacts(store, question);
  const tag = store.tags.get(question.tagId);
  const body = `${connections(dialects)}
${JUMP_TO_EFFECTS}
<div class="columns">
<section aria-labelledby="contacts-title">
<h2 id="contacts-title">${tag === undefined ? 'All contacts' : `Tagged “${escapeHtml(tag.name)}”`}</h2>
<form role="search" method="get" action="/">
<label for="q">Name, e-mail, phone, company or city</label>
<div class="bar"><input id="q" name="q" type="search" value="${escapeHtml(question.text)}">
${question.tagId === '' ? '' : `<input type="hidden" name="tag" value="${escapeHtml(question.tagId)}">`}
<button>Search</button>${question.text === '' && question.tagId === '' ? '' : '<a href="/">All contacts</a>'}</div>
</form>
${live('count', 'p', countOf(found))}
<ul class="cards">${found.contacts.map((contact) => card(contact, store)).join('\n')}</ul>
${pager(found, question)}
</section>
${effectsSection(effects, store)}
</div>`;
  return page('Contacts', body);
}

function connections(dialects: readonly string[]): string {
  const links = dialects.map(
    (name) =>
      `<a class="vendor ${escapeHtml(name)}" href="/connect#${escapeHtml(name)}">${escapeHtml(vendorName(name))}</a>`,
  );
  return `<p class="bar connections"><span>Connect it as</span> ${links.join(' ')} <span>with the key <code>${DEMO_KEY}</code></span></p>`;
}

function countOf({ total, page }: ContactPage): string {
  if (total === 0) return 'No contact fits.';
  const first = (page - 1) * CONTACTS_PER_PAGE + 1;
  const last = Math.min(total, page * CONTACTS_PER_PAGE);
  return `${first} to ${last} of ${total}`;
}

function card(contact: ContactRecord, store: CrmStore): string {
  const { id, emails, jobTitle, companyId, addresses } = contact;
  const [home] = addresses;
  const about = [
    emails[0]?.address ?? '',
    [jobTitle, store.companies.get(companyId)?.name ?? ''].filter((text) => text !== '').join(', '),
    home === undefined ? '' : `${home.city} ${home.countryCode}`.trim(),
  ].filter((text) => text !== '');
  return live(
    `contact ${id}`,
    'li',
    `<h3><a href="/contacts/${encodeURIComponent(id)}">${escapeHtml(fullName(contact))}</a> <small>${escapeHtml(id)}</small></h3>
<p class="about">${about.map((text) => `<span>${escapeHtml(text)}</span>`).join(' ')}</p>${tagList(contact.tags, store)}`,
  );
}

function pager({ page, pages }: ContactPage, question: ContactQuestion): string {
  if (pages === 1) return '';
  const link = (to: number, text: string, rel: string): string => {
    const query = new URLSearchParams({ page: String(to) });
    if (question.text !== '') query.set('q', question.text);
    if (question.tagId !== '') query.set('tag', question.tagId);
    return `<a rel="${rel}" href="/?${escapeHtml(query.toString())}">${text}</a>`;
  };
  return `<nav class="bar" aria-label="Pages of contacts">${page > 1 ? link(page - 1, 'Previous', 'prev') : ''}
<span>Page ${page} of ${pages}</span>
${page < pages ? link(page + 1, 'Next', 'next') : ''}</nav>`;
}
