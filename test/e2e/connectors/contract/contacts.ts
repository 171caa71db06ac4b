import { expect, it } from '@jest/globals';
import type { NormalizedContact } from '#connectors';
import type { ContractSubject } from '../contract-subject.js';

export function contactContract(subject: () => ContractSubject): void {
  it('reads a contact in the common shape', async () => {
    const { connect, contact, platform } = subject();
    const read = await connect().crm.getContact(contact(0));

    expect(read).toMatchObject({ id: contact(0), source_id: contact(0), source_crm: platform });
    expect(read.email).toContain('@');
    expect(read.first_name).not.toBe('');
    expect(read.created_at).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/);
    expect(read.tags?.every(({ id }) => typeof id === 'string')).toBe(true);
  });

  it('walks all contacts by cursor, each one once', async () => {
    const { connect, contactCount } = subject();
    const { crm } = connect();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await crm.getContacts({ limit: 7, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.contacts.map(({ id }) => id));
      expect(page.contacts.length).toBeLessThanOrEqual(7);
      expect(page.has_more).toBe(page.next_cursor !== undefined);
      cursor = page.next_cursor;
    } while (cursor !== undefined);

    expect(seen.length).toBeGreaterThanOrEqual(contactCount);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('says that there is no more when the last page is exactly full', async () => {
    const { connect } = subject();
    const { crm } = connect();
    const all = await crm.getContacts({ limit: 1000 });
    const exact = await crm.getContacts({ limit: all.contacts.length });

    expect(exact.has_more).toBe(false);
    expect(exact.next_cursor).toBeUndefined();
  });

  it('finds a contact by its address in any letter case, and only exactly', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    const { email } = await crm.getContact(contact(1));
    const found = await crm.getContacts({ email: email.toUpperCase() });

    expect(found.contacts.map(({ id }) => id)).toContain(contact(1));
    expect((await crm.getContacts({ email: email.slice(0, -1) })).contacts).toEqual([]);
  });

  it.each([
    ['an offset without a cursor', { offset: 10 }],
    ['a cursor of somebody else', { cursor: 'bm90LW91cnM' }],
    ['an unknown order', { order_by: 'favourite_colour' }],
    ['an unknown filter', { filters: { favourite_colour: 'blue' } }],
    ['a value that would change the question', { email: 'a@example.com;given_name==B' }],
  ])('refuses %s without calling', async (_name, query) => {
    const { connect, requestCount } = subject();
    await requestCount();
    await expect(connect().crm.getContacts(query)).rejects.toMatchObject({ kind: 'validation', retryable: false });
    expect(await requestCount()).toBe(0);
  });

  it('orders in both directions', async () => {
    const { connect } = subject();
    const { crm } = connect();
    const up = await crm.getContacts({ order_by: 'created_at', limit: 5 });
    const down = await crm.getContacts({ order_by: '-created_at', limit: 5 });

    expect(up.contacts.map(createdAt)).toEqual(up.contacts.map(createdAt).toSorted());
    expect(down.contacts.map(createdAt)).toEqual(down.contacts.map(createdAt).toSorted().toReversed());
  });

  it('makes, changes and deletes a contact', async () => {
    const { connect, tag, fields } = subject();
    const { crm } = connect();
    const text = fields.find(({ sort }) => sort === 'text');
    const made = await crm.createContact({
      first_name: 'Grace',
      last_name: 'Hopper',
      email: 'grace.hopper@example.com',
      phone: '+15550142',
      company: 'Eckert and Mauchly',
      custom_fields: { [text?.field.label ?? '']: 'Amazing' },
      tags: [tag.name],
    });
    expect(made).toMatchObject({
      first_name: 'Grace',
      last_name: 'Hopper',
      email: 'grace.hopper@example.com',
      phone: '+15550142',
      company: 'Eckert and Mauchly',
    });

    const read = await connect().crm.getContact(made.id);
    expect(read).toMatchObject({ ...made, updated_at: read.updated_at, tags: [{ id: tag.id }] });
    expect(read.custom_fields?.[text?.field.id ?? '']).toBe('Amazing');

    const changed = await crm.updateContact(made.id, { first_name: 'Admiral', phone: '' });
    expect(changed).toMatchObject({ first_name: 'Admiral', last_name: 'Hopper', email: 'grace.hopper@example.com' });
    expect(changed.phone ?? '').toBe('');

    await crm.deleteContact(made.id);
    await expect(connect().crm.getContact(made.id)).rejects.toMatchObject({ kind: 'not_found', status: 404 });
  });

  it('says not_found for a contact that does not exist, and that trying again is no use', async () => {
    await expect(subject().connect().crm.getContact('999999999')).rejects.toMatchObject({
      kind: 'not_found',
      retryable: false,
      code: 'CONNECTOR_ERROR',
    });
  });

  it('reads a contact once in a run, however much is asked about it, and again after a change', async () => {
    const { connect, contact } = subject();
    const { crm, calls } = connect();
    await crm.getContact(contact(2));
    await crm.getContactFieldValue(contact(2), 'first_name');
    await crm.getContactFieldValue(contact(2), 'email');
    expect(calls).toHaveLength(1);

    await crm.setContactFieldValue(contact(2), 'first_name', 'Changed');
    expect(await crm.getContactFieldValue(contact(2), 'first_name')).toBe('Changed');
    expect((await connect().crm.getContact(contact(2))).first_name).toBe('Changed');
  });
}

const createdAt = (contact: NormalizedContact): string => contact.created_at ?? '';
