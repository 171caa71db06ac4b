import { expect } from '@jest/globals';
import type { CrmConnector, NormalizedContact, QueryOptions } from '#connectors';
import { seededContact } from '../../../../apps/sandbox-crm/src/seed/seed-contacts.js';
import { DEFAULT_SEED } from '../../../../apps/sandbox-crm/src/demo-facts.js';
import { CONTACTS } from '../running-subject.js';
import type { ContractChecks } from './checks.js';

export function contactListContract(checks: ContractChecks): void {
  const { listing } = checks.vendor;

  checks.that('getContacts', 'walks 2,500 contacts by cursor: none twice, none lost', async (subject) => {
    const { connect, contact } = subject;
    const { ids, pages } = await walk(connect().crm, {}, listing.largestPage);
    expect(new Set(ids).size).toBe(ids.length);
    const seen = new Set(ids);
    const lost = Array.from({ length: CONTACTS }, (_, index) => contact(index)).filter((id) => !seen.has(id));
    expect(lost).toEqual([]);
    expect(pages).toBe(Math.ceil(ids.length / listing.largestPage));
  });

  checks.that('getContacts', 'walks the contacts of a tag: exactly those that carry it', async (subject) => {
    const { connect, contact, popularTag } = subject;
    const { ids } = await walk(connect().crm, { tag_id: popularTag.name }, Math.min(listing.largestTagPage, 90));
    const carrying = Array.from({ length: CONTACTS }, (_, index) => seededContact(DEFAULT_SEED, index))
      .map(({ tags }, index) => ({ id: contact(index), tags }))
      .filter(({ tags }) => tags.some(({ tagId }) => tagId === popularTag.seedId));
    expect(ids.toSorted()).toEqual(carrying.map(({ id }) => id).toSorted());
  });

  checks.that('getContacts', 'gives whole contacts also of a tag, and only ids where no more is asked', async (s) => {
    const { crm } = s.connect();
    const query = { tag_id: s.popularTag.id, limit: 5 };
    const whole = await crm.getContacts(query);
    expect(whole.contacts).toHaveLength(5);
    for (const { created_at: createdAt, email } of whole.contacts) expect([createdAt, email]).not.toContain('');
    const ids = await crm.getContacts({ ...query, ids_only: true });
    expect(ids.contacts.map(({ id }) => id)).toEqual(whole.contacts.map(({ id }) => id));
  });

  checks.that('getContacts', 'says that there is no more when the last page is exactly full', async (subject) => {
    const { connect, contact, tag } = subject;
    const { crm } = connect();
    const tagged = [40, 41, 42, 43].map(contact);
    for (const id of tagged) await crm.applyTag(id, tag.id);
    const mine = (page: { contacts: NormalizedContact[] }) => page.contacts.map(({ id }) => id);
    const all = await crm.getContacts({ tag_id: tag.id, limit: listing.largestTagPage });
    expect(all.has_more).toBe(false);
    expect(mine(all)).toEqual(expect.arrayContaining(tagged));

    const { ids, pages } = await walk(crm, { tag_id: tag.id }, 1);
    expect(ids.toSorted()).toEqual(mine(all).toSorted());
    expect(pages).toBe(ids.length);
  });

  checks.that('getContacts', 'keeps to the limit, and to the vendor’s own when more is asked', async ({ connect }) => {
    const { crm } = connect();
    expect((await crm.getContacts({ limit: 3 })).contacts).toHaveLength(3);
    const most = await crm.getContacts({ limit: 100_000 });
    expect(most.contacts).toHaveLength(listing.largestPage);
    expect(most.has_more).toBe(true);
  });

  checks.that('getContacts', 'tells the total where the vendor does, and -1 where it does not', async ({ connect }) => {
    const { total } = await connect().crm.getContacts({ limit: 2 });
    if (listing.total) expect(total).toBeGreaterThanOrEqual(CONTACTS);
    else expect(total).toBe(-1);
  });

  checks.that('getContacts', 'finds a contact by its address in any letter case, and only exactly', async (subject) => {
    const { crm } = subject.connect();
    const id = subject.contact(1);
    const { email } = await crm.getContact(id);
    for (const address of [email, email.toUpperCase(), ` ${email} `.trim()]) {
      const found = await crm.getContacts({ email: address });
      expect(found.contacts.map((contact) => contact.id)).toEqual([id]);
      expect(found.has_more).toBe(false);
    }
    expect((await crm.getContacts({ email: email.slice(0, -1) })).contacts).toEqual([]);
  });

  for (const address of ['x@example.com;given_name==Ada', 'x@example.com" OR "1"="1', String.raw`x\"@example.com`]) {
    checks.that('getContacts', `does not let an address change the question: ${address}`, async ({ connect }) => {
      const answer = await connect()
        .crm.getContacts({ email: address })
        .catch((error: unknown) => error);
      if (answer instanceof Error) expect(answer).toMatchObject({ kind: 'validation', retryable: false });
      else expect(answer).toMatchObject({ contacts: [] });
    });
  }

  checks.that('getContacts', 'starts at an offset where the vendor can, and refuses it elsewhere', async (subject) => {
    const { crm, calls } = subject.connect();
    if (listing.offset) {
      const [all, later] = [await crm.getContacts({ limit: 6 }), await crm.getContacts({ limit: 3, offset: 3 })];
      expect(later.contacts.map(({ id }) => id)).toEqual(all.contacts.slice(3).map(({ id }) => id));
      return;
    }
    await expect(crm.getContacts({ offset: 10 })).rejects.toMatchObject({ kind: 'validation', retryable: false });
    expect(calls).toEqual([]);
  });

  for (const [name, query] of REFUSED) {
    checks.that('getContacts', `refuses ${name} without a request`, async ({ connect, sent }) => {
      const before = sent();
      const listed = connect().crm.getContacts(query);
      await expect(listed).rejects.toMatchObject({ kind: 'validation', retryable: false, outcome: 'not_sent' });
      expect(sent()).toBe(before);
    });
  }

  checks.that('getContacts', 'refuses a broken cursor, and that of another question', async ({ connect, sent }) => {
    const { crm } = connect();
    const { next_cursor: cursor = '' } = await crm.getContacts({ limit: 2 });
    expect(cursor).not.toBe('');
    const before = sent();
    const other = cursor.at(-1) === 'A' ? 'B' : 'A';
    for (const broken of [
      cursor.slice(0, -3),
      cursor.slice(3),
      `${cursor.slice(0, -1)}${other}`,
      `${cursor}${other}`,
    ]) {
      await expect(crm.getContacts({ cursor: broken })).rejects.toMatchObject({ kind: 'validation' });
    }
    const otherQuestion = crm.getContacts({ cursor, email: 'ada.marsh.1001@example.com' });
    await expect(otherQuestion).rejects.toMatchObject({ kind: 'validation' });
    expect(sent()).toBe(before);
  });

  for (const order of listing.orders) {
    checks.that('getContacts', `orders by ${order} in both directions`, async ({ connect }) => {
      const { crm } = connect();
      const up = (await crm.getContacts({ order_by: order, limit: 20 })).contacts.map((contact) => key(contact, order));
      const down = (await crm.getContacts({ order_by: `-${order}`, limit: 20 })).contacts.map((each) =>
        key(each, order),
      );
      expect(up).toEqual(up.toSorted(compare));
      expect(down).toEqual(down.toSorted(compare).toReversed());
      expect(compare(up[0] ?? '', down[0] ?? '')).toBeLessThan(0);
    });
  }

  for (const filter of listing.filters) {
    checks.that('getContacts', `filters by ${filter}`, async ({ connect, contact }) => {
      const { crm } = connect();
      const wanted = await crm.getContact(contact(1));
      const value = key(wanted, filter);
      expect(value).not.toBe('');
      const found = await crm.getContacts({ filters: { [filter]: value }, limit: 50 });
      for (const each of found.contacts) expect(key(each, filter).toLowerCase()).toBe(value.toLowerCase());
      const both = await crm.getContacts({ filters: { [filter]: value, email: wanted.email } });
      expect(both.contacts.map(({ id }) => id)).toEqual([wanted.id]);
    });
  }
}

const REFUSED: readonly [name: string, query: QueryOptions][] = [
  ['a cursor of somebody else', { cursor: 'bm90LW91cnM' }],
  ['a cursor of another vendor', { cursor: Buffer.from('other1:42').toString('base64url') }],
  ['a cursor that is no text of ours', { cursor: '€ not a cursor' }],
  ['an unknown order', { order_by: 'favourite_colour' }],
  ['an unknown filter', { filters: { favourite_colour: 'blue' } }],
];

async function walk(crm: CrmConnector, query: QueryOptions, limit: number): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let pages = 0;
  let cursor: string | undefined;
  do {
    const page = await crm.getContacts({ ...query, limit, ...(cursor !== undefined && { cursor }) });
    pages += 1;
    expect(pages).toBeLessThanOrEqual(CONTACTS);
    ids.push(...page.contacts.map(({ id }) => id));
    expect(page.contacts.length).toBeLessThanOrEqual(limit);
    expect(page.has_more).toBe(page.next_cursor !== undefined);
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  return { ids, pages };
}

/** What a contact has under the product's name of a field. */
function key(contact: NormalizedContact, name: string): string {
  const { address } = contact;
  const parts: Record<string, string | undefined> = {
    address1: address?.line1,
    address2: address?.line2,
    city: address?.city,
    state: address?.state,
    zip: address?.zip,
    country: address?.country,
  };
  const own: unknown = { ...contact, ...parts }[name];
  return typeof own === 'string' ? own : '';
}

/** Numbers by size, everything else as vendors sort: without regard to letter case. */
function compare(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b);
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}
