import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { ContactList, PlatformSlug, QueryOptions } from '../_kit/contact.js';
import { cursorOf } from '../_kit/cursor.js';
import { refuse } from '../_kit/refuse.js';
import type { AccountFields, FieldList } from './account-fields.js';
import { condition } from './condition.js';
import { BIRTHDAY } from './contact-fields.js';
import { hasAccountFields, normalizedContact } from './contact-mapper.js';
import { listQuery, VENDOR, type ListQuery } from './contact-query.js';
import { ask, OBJECT, PATHS, recordNumber } from './objects.js';
import { CollectionInfo, Records, type OntraportContact, type OntraportRecord } from './schemas.js';
import { storedDay, storedText, type Unwritable } from './values.js';

const operation = 'getContacts';
const target = 'contacts';

interface RawPage {
  records: readonly OntraportRecord[];
  total: number;
  more: boolean;
}

/** One page of contacts; of one tag's contacts when the query names a tag. */
export async function listContacts(
  client: VendorClient,
  platform: PlatformSlug,
  options: QueryOptions,
  fields: FieldList,
): Promise<ContactList> {
  const query = listQuery(options);
  if (typeof query === 'string') throw refuse(platform, operation, 'validation', query);
  const idsOnly = options.ids_only === true;
  const tagId = options.tag_id === undefined ? undefined : recordNumber(client, operation, 'tag', options.tag_id);
  const page =
    tagId === undefined ? await plainPage(client, query, idsOnly, fields) : await tagPage(client, query, tagId);

  const contacts = page.records.flatMap((record): OntraportContact[] => {
    const { id } = record;
    if (id === undefined || !hasAddress(record, options)) return [];
    // What is not understood without the list of fields is better left out than shown as it is stored.
    return [idsOnly ? { id } : { ...record, id }];
  });
  const known: AccountFields = contacts.some(hasAccountFields) ? await fields.forReading() : new Map();
  return {
    contacts: contacts.map((contact) => normalizedContact(contact, known, platform)),
    total: page.total,
    has_more: page.more,
    ...(page.more
      ? { next_cursor: cursorOf({ vendor: VENDOR, query: options }, String(query.start + page.records.length)) }
      : {}),
  };
}

async function plainPage(
  client: VendorClient,
  { start, limit, sort, sortDir, wanted }: ListQuery,
  idsOnly: boolean,
  fields: FieldList,
): Promise<RawPage> {
  const comparisons: { field: string; value: string }[] = [];
  for (const [field, value] of wanted) {
    comparisons.push({ field, value: await storedForm(client, field, value, fields) });
  }
  const only = condition(comparisons);
  const { data: records, count } = await ask(
    client,
    {
      operation,
      method: 'GET',
      path: PATHS.many,
      target,
      query: {
        objectID: OBJECT.contact,
        start,
        range: limit,
        sort,
        sortDir,
        condition: only,
        listFields: idsOnly ? 'id,email' : undefined,
        count: true,
      },
      repeatable: true,
    },
    Records,
  );
  const total = count ?? totalOf(start, limit, records.length) ?? (await countOf(client, only));
  return { records, total, more: records.length > 0 && start + records.length < total };
}

/** The list's end is seen on its last page, which is not full. */
function totalOf(start: number, limit: number, shown: number): number | undefined {
  const isLast = shown < limit && (shown > 0 || start === 0);
  return isLast ? start + shown : undefined;
}

async function countOf(client: VendorClient, only: string | undefined): Promise<number> {
  const call = { operation, method: 'GET', path: PATHS.count, target, repeatable: true } as const;
  const query = { objectID: OBJECT.contact, condition: only };
  const { data } = await ask(client, { ...call, query }, CollectionInfo);
  return data.count;
}

async function tagPage(client: VendorClient, { start, limit }: ListQuery, tagId: string): Promise<RawPage> {
  const { data: records } = await ask(
    client,
    {
      operation,
      method: 'GET',
      path: PATHS.tagged,
      target: `tags/${tagId}/contacts`,
      query: { objectID: OBJECT.contact, tag_id: tagId, start, range: limit + 1 },
      repeatable: true,
    },
    Records,
  );
  return { records: records.slice(0, limit), total: -1, more: records.length > limit };
}

/** What a filter is compared with is what Ontraport stores: an option's id, a day's seconds. */
async function storedForm(client: VendorClient, key: string, value: string, fields: FieldList): Promise<string> {
  const text = await storedFilter(key, value, fields);
  if (typeof text === 'string') return text;
  throw refuse(client.platform, operation, 'validation', `Ontraport cannot filter by ${key}: ${text.problem}`);
}

async function storedFilter(key: string, value: string, fields: FieldList): Promise<string | Unwritable> {
  if (key === BIRTHDAY) return storedDay(value);
  return key === 'state' || key === 'country' ? storedText(await fields.find(key), value) : value;
}

/** How the vendor compares letters is its database's affair. */
function hasAddress(record: OntraportRecord, { email }: QueryOptions): boolean {
  if (email === undefined) return true;
  return record['email']?.trim().toLowerCase() === email.trim().toLowerCase();
}
