import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { ContactList, PlatformSlug, QueryOptions } from '../_kit/contact.js';
import { CONTACT_FIELDS, normalizedContact } from './contact-mapper.js';
import { listQuery, type ListQuery } from './contact-query.js';
import { companyIdOf } from './companies.js';
import { cursorOf } from '../_kit/cursor.js';
import { nextToken } from './paging.js';
import { refuse } from '../_kit/refuse.js';
import { ContactPage, TaggedContactPage, type KeapContact } from './schemas.js';

/** Ids that fit into one address without becoming too long for servers on the way. */
const IDS_A_REQUEST = 100;

/** One page of contacts; of one tag's contacts when the query names a tag. */
export async function listContacts(
  client: VendorClient,
  platform: PlatformSlug,
  options: QueryOptions,
): Promise<ContactList> {
  const company = options.filters?.['company'];
  const companyId = company === undefined ? undefined : await companyIdOf(client, 'getContacts', company);
  const query = listQuery(options, companyId);
  if (typeof query === 'string') throw refuse(platform, 'getContacts', 'validation', query);

  const page = options.tag_id === undefined ? await plainPage(client, query) : await tagPage(client, query, options);
  const contacts = options.email === undefined ? page.contacts : withAddress(page.contacts, options.email);
  return {
    contacts: contacts.map((contact) => normalizedContact(contact, platform)),
    total: -1,
    has_more: page.token !== undefined,
    ...(page.token === undefined ? {} : { next_cursor: cursorOf({ vendor: 'keap', query: options }, page.token) }),
  };
}

interface RawPage {
  contacts: KeapContact[];
  token: string | undefined;
}

async function plainPage(client: VendorClient, query: ListQuery): Promise<RawPage> {
  const page = await client.call({
    operation: 'getContacts',
    method: 'GET',
    path: path`/contacts`,
    target: 'contacts',
    query: { ...query, fields: CONTACT_FIELDS },
    repeatable: true,
    answer: ContactPage,
  });
  return { contacts: page.contacts ?? [], token: nextToken(page) };
}

/** A tag's contacts come with name and address only: the rest is read by their ids, in the tag's order. */
async function tagPage(
  client: VendorClient,
  query: ListQuery,
  { tag_id: tagId = '', ids_only: idsOnly, email }: QueryOptions,
): Promise<RawPage> {
  const page = await client.call({
    operation: 'getContacts',
    method: 'GET',
    path: path`/tags/${tagId}/contacts`,
    target: `tags/${tagId}/contacts`,
    query: { ...query },
    repeatable: true,
    answer: TaggedContactPage,
  });
  const ids = (page.contacts ?? []).map(({ id }) => id);
  if (idsOnly === true && email === undefined) return { contacts: ids.map((id) => ({ id })), token: nextToken(page) };
  const found = new Map<string, KeapContact>();
  for (let at = 0; at < ids.length; at += IDS_A_REQUEST) {
    const some = ids.slice(at, at + IDS_A_REQUEST);
    const filter = `ids==${some.join(',')}`;
    const { contacts } = await plainPage(client, {
      page_size: some.length,
      page_token: undefined,
      filter,
      order_by: undefined,
    });
    for (const contact of contacts) found.set(contact.id, contact);
  }
  return { contacts: ids.flatMap((id) => found.get(id) ?? []), token: nextToken(page) };
}

/** The vendor's filter is not documented to be exact. */
function withAddress(contacts: readonly KeapContact[], address: string): KeapContact[] {
  const wanted = address.trim().toLowerCase();
  return contacts.filter((contact) => contact.email_addresses?.some(({ email }) => email?.toLowerCase() === wanted));
}
