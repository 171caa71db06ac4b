import { path } from '../_kit/call/vendor-path.js';
import type { ContactList, PlatformSlug, QueryOptions } from '../_kit/contact.js';
import { refuse } from '../_kit/refuse.js';
import type { Caller } from './caller.js';
import { listQuery, type ListQuery } from './contact-query.js';
import { contactRecord, normalizedContact } from './contact-record.js';
import { cursorAt, type Place } from './cursor.js';
import { totalOf } from './paging.js';
import { ContactPage, type AcContact } from './schemas.js';

/** One page of contacts; of one tag's contacts when the query names a tag. */
export async function listContacts(
  client: Caller,
  platform: PlatformSlug,
  options: QueryOptions,
): Promise<ContactList> {
  const query = listQuery(options);
  if (typeof query === 'string') throw refuse(platform, 'getContacts', 'validation', query);
  const page = await client.call({
    operation: 'getContacts',
    method: 'GET',
    path: path`/contacts`,
    target: options.tag_id === undefined ? 'contacts' : `tags/${options.tag_id}/contacts`,
    query: query.parameters,
    repeatable: true,
    answer: ContactPage,
  });
  const { contacts, meta, ...loaded } = page;
  const matching = options.email === undefined ? contacts : withAddress(contacts, options.email);
  const counted = totalOf(meta);
  const next = nextPlace(query, contacts, counted);
  return {
    contacts: matching.map((contact) => normalizedContact(contactRecord(contact, loaded), platform)),
    total: query.total ?? counted ?? -1,
    has_more: next !== undefined,
    ...(next === undefined ? {} : { next_cursor: cursorAt(options, next) }),
  };
}

/** Pages by id are counted without what came before; pages by offset with it. */
function nextPlace(query: ListQuery, contacts: readonly AcContact[], counted: number | undefined): Place | undefined {
  const last = contacts.at(-1);
  if (last === undefined || counted === undefined) return undefined;
  const end = query.offset + contacts.length;
  if (counted <= end) return undefined;
  return { by: query.by, at: query.by === 'offset' ? String(end) : last.id, total: query.total ?? counted };
}

/** The vendor's filter is not documented to be exact. */
function withAddress(contacts: readonly AcContact[], address: string): AcContact[] {
  const wanted = address.trim().toLowerCase();
  return contacts.filter(({ email }) => email?.toLowerCase() === wanted);
}
