import type { VendorClient } from '../_kit/call/vendor-client.js';
import { cursorOf } from '../_kit/cursor.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { ContactList, NormalizedContact, PlatformSlug, QueryOptions } from '../_kit/contact.js';
import { refuse } from '../_kit/refuse.js';
import { readBatch } from './batch.js';
import { hasAddress, normalizedContact, wantedProperties } from './contact-mapper.js';
import { listQuery, type ListQuery } from './contact-query.js';
import { LONGEST_PROPERTY_LIST } from './contacts.js';
import { listsOfContact } from './lists.js';
import { paths } from './paths.js';
import type { Properties } from './properties.js';
import { ContactPage, HubspotObject, MemberPage, SearchPage, type HubspotContact } from './schemas.js';

const operation = 'getContacts';

interface RawPage {
  contacts: HubspotContact[];
  total: number;
  after: string | undefined;
}

/** One page of contacts. Their tags are left out: each would cost a request of its own. */
export async function listContacts(
  client: VendorClient,
  properties: Properties,
  platform: PlatformSlug,
  options: QueryOptions,
): Promise<ContactList> {
  const query = listQuery(options);
  if (typeof query === 'string') throw refuse(platform, operation, 'validation', query);
  const idsOnly = options.ids_only === true;
  const catalogue = idsOnly ? undefined : await properties.known(operation);
  const page = await rawPage(client, query, idsOnly ? [] : wantedProperties(catalogue));
  return {
    contacts: page.contacts.map((contact): NormalizedContact => normalizedContact(contact, platform, catalogue)),
    total: page.total,
    has_more: page.after !== undefined,
    ...(page.after === undefined ? {} : { next_cursor: cursorOf({ vendor: 'hubspot', query: options }, page.after) }),
  };
}

async function rawPage(client: VendorClient, query: ListQuery, properties: readonly string[]): Promise<RawPage> {
  switch (query.listing) {
    case 'all':
      return allPage(client, query, properties);
    case 'search':
      return searchPage(client, query, properties);
    case 'members':
      return memberPage(client, query, properties);
    case 'one':
      return whole(await withAddress(client, query.address, properties));
    case 'member':
      return whole(await memberWithAddress(client, query, properties));
  }
}

const whole = (contacts: HubspotContact[]): RawPage => ({
  contacts,
  total: contacts.length,
  after: undefined,
});

type Query<L extends ListQuery['listing']> = Extract<ListQuery, { listing: L }>;

async function allPage(client: VendorClient, query: Query<'all'>, properties: readonly string[]): Promise<RawPage> {
  const list = properties.join(',');
  const isLong = list.length > LONGEST_PROPERTY_LIST;
  const { results, paging } = await client.call({
    operation,
    method: 'GET',
    path: paths.contacts,
    target: 'contacts',
    query: { limit: query.limit, after: query.after, ...(list !== '' && !isLong && { properties: list }) },
    repeatable: true,
    answer: ContactPage,
  });
  const contacts = isLong
    ? await byIds(
        client,
        results.map(({ id }) => id),
        properties,
      )
    : results;
  return { contacts, total: -1, after: paging?.next?.after };
}

async function searchPage(
  client: VendorClient,
  { limit, after, filters, sort }: Query<'search'>,
  properties: readonly string[],
): Promise<RawPage> {
  const { results, total, paging } = await client.call({
    operation,
    method: 'POST',
    path: paths.contactSearch,
    target: 'contacts/search',
    json: {
      filterGroups: filters.length === 0 ? [] : [{ filters }],
      ...(sort === undefined ? {} : { sorts: [sort] }),
      properties,
      limit,
      ...(after === undefined ? {} : { after }),
    },
    budget: 'search',
    repeatable: true,
    answer: SearchPage,
  });
  return { contacts: results, total, after: paging?.next?.after };
}

/** A list tells ids only: the rest is read by them, in the list's order. */
async function memberPage(
  client: VendorClient,
  { limit, after, list, byTime }: Query<'members'>,
  properties: readonly string[],
): Promise<RawPage> {
  const { results, paging } = await client.call({
    operation,
    method: 'GET',
    path: byTime ? paths.membersByTime(list) : paths.members(list),
    target: `lists/${list}/memberships`,
    query: { limit, after },
    repeatable: true,
    answer: MemberPage,
  });
  const ids = results.map(({ recordId }) => recordId);
  const contacts =
    properties.length === 0
      ? ids.map((id) => ({ id, properties: {}, createdAt: undefined, updatedAt: undefined }))
      : await byIds(client, ids, properties);
  return { contacts, total: -1, after: paging?.next?.after };
}

const byIds = (client: VendorClient, ids: string[], properties: readonly string[]): Promise<HubspotContact[]> =>
  readBatch(client, operation, paths.contactBatch, ids, properties);

/** The vendor has at most one contact with an address. */
async function withAddress(
  client: VendorClient,
  address: string,
  properties: readonly string[],
): Promise<HubspotContact[]> {
  try {
    const contact = await client.call({
      operation,
      method: 'GET',
      path: paths.contactByAddress(address),
      target: 'contacts/by-email',
      query: {
        idProperty: 'email',
        properties: [...new Set(['email', 'hs_additional_emails', ...properties])].join(','),
      },
      repeatable: true,
      answer: HubspotObject,
    });
    return hasAddress(contact, address) ? [contact] : [];
  } catch (error) {
    if (isConnectorError(error) && error.kind === 'not_found') return [];
    throw error;
  }
}

async function memberWithAddress(
  client: VendorClient,
  { address, list }: Query<'member'>,
  properties: readonly string[],
): Promise<HubspotContact[]> {
  const [contact] = await withAddress(client, address, properties);
  if (contact === undefined) return [];
  const lists = await listsOfContact(client, operation, contact.id);
  return lists.includes(list) ? [contact] : [];
}
