import { expect } from '@jest/globals';
import type { NormalizedContact, UpdateContactInput } from '#connectors';
import type { ContractSubject } from '../contract-subject.js';
import type { ContractChecks } from './checks.js';

const UNKNOWN = '999999999';

export function contactContract(checks: ContractChecks): void {
  checks.that('getContact', 'reads a contact in the common shape', async ({ connect, contact, platform }) => {
    const read = await connect().crm.getContact(contact(0));

    expect(read).toMatchObject({ id: contact(0), source_id: contact(0), source_crm: platform, first_name: 'Ada' });
    expect(read.email).toBe('ada.marsh.1001@example.com');
    expect(read.created_at).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/);
    expect(read.tags?.every(({ id, name }) => typeof id === 'string' && typeof name === 'string')).toBe(true);
  });

  checks.that('getContact', 'says not_found for a contact that does not exist', async ({ connect }) => {
    await expect(connect().crm.getContact(UNKNOWN)).rejects.toMatchObject({
      kind: 'not_found',
      retryable: false,
      code: 'CONNECTOR_ERROR',
      operation: 'getContact',
    });
  });

  checks.that('getContact', 'never asks for an id that would change the address', async ({ connect, sent }) => {
    const before = sent();
    for (const id of ['', '.', '..']) {
      await expect(connect().crm.getContact(id)).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
    }
    expect(sent()).toBe(before);
  });

  checks.that('getContact', 'reads a contact once in a run, however much is asked', async ({ connect, contact }) => {
    const { crm, nextRun, calls } = connect();
    await crm.getContact(contact(2));
    const once = calls.length;
    await crm.getContactFieldValue(contact(2), 'first_name');
    await crm.getContactFieldValue(contact(2), 'email');
    expect(calls).toHaveLength(once);

    await crm.setContactFieldValue(contact(2), 'first_name', 'Changed');
    expect(await crm.getContactFieldValue(contact(2), 'first_name')).toBe('Changed');
    expect((await nextRun().getContact(contact(2))).first_name).toBe('Changed');
  });

  checks.that('createContact', 'makes a contact with everything that is given', async (subject) => {
    const { connect, tag } = subject;
    const { crm, nextRun } = connect();
    const field = textField(subject);
    const given = {
      first_name: 'Grace',
      last_name: 'Hopper',
      email: 'grace.hopper@example.com',
      phone: '+15550142',
      company: 'Eckert and Mauchly',
    };
    const made = await crm.createContact({ ...given, custom_fields: { [field.label]: 'Amazing' }, tags: [tag.name] });
    expect(made).toMatchObject(given);

    const read = await nextRun().getContact(made.id);
    expect(read).toMatchObject(given);
    expect(read.custom_fields?.[field.id]).toBe('Amazing');
    expect(carries(read, tag)).toBe(true);
  });

  checks.that('createContact', 'keeps letters of every script and signs of every kind', async ({ connect }) => {
    const { crm, nextRun } = connect();
    const given = { first_name: 'Žofia "Zoë"', last_name: "O'Brien & 李 <b>", email: 'zofia+test@example.com' };
    const { id } = await crm.createContact(given);
    expect(await nextRun().getContact(id)).toMatchObject(given);
    const found = await crm.getContacts({ email: given.email });
    expect(found.contacts.map((contact) => contact.id)).toContain(id);
  });

  checks.that('createContact', 'treats a second contact of an address as declared', async (subject) => {
    const { connect, sameAddress } = subject;
    const { crm } = connect();
    const input = { first_name: 'One', last_name: 'Address', email: 'one.address@example.com' };
    const first = await crm.createContact(input);
    const second = crm.createContact({ ...input, first_name: 'Two' });
    if (sameAddress === 'conflict') {
      await expect(second).rejects.toMatchObject({ kind: 'conflict', retryable: false, existingId: first.id });
    } else if (sameAddress === 'same') expect((await second).id).toBe(first.id);
    else expect((await second).id).not.toBe(first.id);
  });

  for (const [index, [name, update, changed]] of UPDATES.entries()) {
    checks.that('updateContact', `changes ${name} and wipes nothing else`, async (subject) => {
      const id = subject.contact(20 + index);
      const before = await subject.record(id);
      const after = await subject.connect().crm.updateContact(id, update(subject));
      expect(after.id).toBe(id);

      const record = await subject.record(id);
      const differing = Object.keys({ ...before, ...record }).filter(
        (key) => JSON.stringify(before[key]) !== JSON.stringify(record[key]),
      );
      expect(differing.filter((key) => key !== 'updated_at').sort()).toEqual([...changed].sort());
      expect(lostFields(before, record)).toEqual([]);
    });
  }

  checks.that('updateContact', 'answers the contact as it is afterwards, and clears with an empty text', async (s) => {
    const { crm, nextRun } = s.connect();
    const id = s.contact(19);
    const answered = await crm.updateContact(id, { first_name: 'Admiral', phone: '' });
    const read = await nextRun().getContact(id);
    expect(answered).toMatchObject({ first_name: 'Admiral', last_name: read.last_name, email: read.email });
    expect(read.first_name).toBe('Admiral');
    expect([answered.phone ?? '', read.phone ?? '']).toEqual(['', '']);
  });

  checks.that('updateContact', 'says not_found for a contact that does not exist', async ({ connect }) => {
    const update = connect().crm.updateContact(UNKNOWN, { first_name: 'Nobody' });
    await expect(update).rejects.toMatchObject({ kind: 'not_found', retryable: false });
  });

  checks.that('deleteContact', 'deletes a contact, which is not found afterwards', async ({ connect }) => {
    const { crm, nextRun } = connect();
    const { id } = await crm.createContact({ first_name: 'Soon', last_name: 'Gone', email: 'soon.gone@example.com' });
    await crm.deleteContact(id);
    await expect(crm.getContact(id)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(nextRun().getContact(id)).rejects.toMatchObject({ kind: 'not_found' });
  });
}

type Update = [name: string, update: (subject: ContractSubject) => UpdateContactInput, changed: readonly string[]];

const FIELDS = ['custom_fields', 'custom_fields_by_label'];
const UPDATES: readonly Update[] = [
  ['a name', () => ({ first_name: 'Renamed' }), ['first_name']],
  ['the address', () => ({ email: 'moved@example.com' }), ['email', 'emails']],
  ['the phone', () => ({ phone: '+15550199' }), ['phone', 'phones']],
  ['a custom field', (subject) => ({ custom_fields: { [textField(subject).label]: 'A new text' } }), FIELDS],
  [
    'several things at once',
    (subject) => ({ first_name: 'All', last_name: 'Changed', custom_fields: { [textField(subject).id]: 'Too' } }),
    ['first_name', 'last_name', ...FIELDS],
  ],
];

/** Custom fields that had a value before and have none now. */
function lostFields(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const had = Object.keys(before['custom_fields'] as object);
  return had.filter((id) => !(id in (after['custom_fields'] as object)));
}

/** The vendor's field for plain text. */
export function textField({ customFields }: ContractSubject): { id: string; label: string } {
  const text = customFields.find(({ sort }) => sort === 'text');
  if (text === undefined) throw new Error('Declare a custom field of the sort text');
  return text.field;
}

/** Some vendors tell a contact's tags by id, some by name. */
export function carries(contact: NormalizedContact, tag: { id: string; name: string }): boolean {
  const name = tag.name.toLowerCase();
  return contact.tags?.some((each) => each.id === tag.id || each.name.toLowerCase() === name) ?? false;
}
