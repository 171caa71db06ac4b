import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { ContactList, PlatformSlug, QueryOptions } from '../_kit/contact.js';
import { refuse } from '../_kit/refuse.js';
import { normalizedContact } from './contact-mapper.js';
import { contactSearch } from './contact-search.js';
import { nextCursor } from './cursor.js';
import { SearchAnswer } from './schemas.js';

/** A total of exactly this many may be where the vendor stopped counting: then an empty page tells the end. */
const COUNTED_UP_TO = 10_000;

/** One page of contacts, by search: the plain list is deprecated and cannot look for addresses or tags. */
export async function listContacts(
  client: VendorClient,
  platform: PlatformSlug,
  options: QueryOptions,
): Promise<ContactList> {
  const search = contactSearch(options);
  if (typeof search === 'string') throw refuse(platform, 'getContacts', 'validation', search);
  const { contacts, total } = await client.call({
    operation: 'getContacts',
    method: 'POST',
    path: path`/contacts/search`,
    target: 'contacts',
    json: { locationId: client.accountId, ...search.body },
    repeatable: true,
    answer: SearchAnswer,
  });
  const seen = search.seen + contacts.length;
  const after = contacts.at(-1)?.searchAfter ?? [];
  const has_more = after.length > 0 && (seen < total || total === COUNTED_UP_TO);
  const wanted = options.email?.trim().toLowerCase();
  const kept = wanted === undefined ? contacts : contacts.filter(({ email }) => email?.toLowerCase() === wanted);
  return {
    contacts: kept.map((contact) => normalizedContact(contact, platform)),
    total,
    has_more,
    ...(has_more && { next_cursor: nextCursor(options, { after, seen }) }),
  };
}
