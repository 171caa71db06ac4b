import { expect, it } from '@jest/globals';
import type { FieldValue } from '#connectors';
import type { ContractSubject } from '../contract-subject.js';

const STANDARD: [key: string, value: string][] = [
  ['first_name', 'Ida'],
  ['last_name', 'Rhodes'],
  ['email', 'ida.rhodes@example.com'],
  ['phone', '+15550177'],
  ['company', 'Bureau of Standards'],
  ['job_title', 'Mathematician'],
  ['website', 'https://ida.example'],
  ['birthday', '1900-05-15'],
  ['anniversary', '1950-01-02'],
  ['country', 'USA'],
  ['address1', '1 Main Street'],
  ['address2', 'Flat 2'],
  ['city', 'Rockville'],
  ['state', 'Maryland'],
  ['zip', '20850'],
];

export function fieldContract(subject: () => ContractSubject): void {
  it('writes and reads every standard field, one leaving the others alone', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    for (const [key, value] of STANDARD) await crm.setContactFieldValue(contact(3), key, value);

    const later = connect().crm;
    for (const [key, value] of STANDARD)
      expect([key, await later.getContactFieldValue(contact(3), key)]).toEqual([key, value]);
  });

  it('clears a standard field with an empty text or null', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    for (const key of ['company', 'job_title', 'birthday', 'address2', 'phone']) {
      await crm.setContactFieldValue(contact(4), key, key === 'birthday' ? '1990-01-01' : 'something');
      await crm.setContactFieldValue(contact(4), key, key === 'company' ? null : '');
      expect([key, await connect().crm.getContactFieldValue(contact(4), key)]).toEqual([key, null]);
    }
  });

  it('lists the fields with their labels and kinds', async () => {
    const { connect, fields } = subject();
    const listed = await connect().crm.getCustomFields();

    for (const { field } of fields) {
      const found = listed.find(({ id }) => id === field.id);
      expect(found?.label).toBe(field.label);
      expect(found?.field_type).not.toBe('');
    }
  });

  it('writes and reads custom fields of every kind, by label, key and id', async () => {
    const { connect, contact, fields } = subject();
    for (const { sort, field, values } of fields) {
      const first = values[0] as FieldValue;
      const second = values[1] as FieldValue;
      await connect().crm.setContactFieldValue(contact(5), field.label.toUpperCase(), first);
      expect([sort, await connect().crm.getContactFieldValue(contact(5), field.id)]).toEqual([sort, first]);
      await connect().crm.setContactFieldValue(contact(5), field.id, second);
      expect([sort, await connect().crm.getContactFieldValue(contact(5), field.label)]).toEqual([sort, second]);
    }
    // None of the later writes touched an earlier field.
    const { crm } = connect();
    for (const { field, values } of fields) {
      expect(await crm.getContactFieldValue(contact(5), field.id)).toEqual(values[1]);
    }
  });

  it('clears a custom field', async () => {
    const { connect, contact, fields } = subject();
    for (const { sort, field, values } of fields) {
      await connect().crm.setContactFieldValue(contact(6), field.id, values[0] as FieldValue);
      await connect().crm.setContactFieldValue(contact(6), field.id, '');
      expect([sort, await connect().crm.getContactFieldValue(contact(6), field.id)]).toEqual([sort, null]);
    }
  });

  it('reads null for a field that exists nowhere', async () => {
    const { connect, contact } = subject();
    expect(await connect().crm.getContactFieldValue(contact(0), 'no such field')).toBeNull();
  });

  it('refuses to write a field that exists nowhere', async () => {
    const { connect, contact } = subject();
    await expect(connect().crm.setContactFieldValue(contact(0), 'no such field', 'x')).rejects.toMatchObject({
      retryable: false,
    });
  });

  it('loads the field list once for all runs of a connection', async () => {
    const { connect, contact, fields } = subject();
    const { crm, calls } = connect();
    for (const { field } of fields) await crm.getContactFieldValue(contact(0), field.label);
    expect(calls.filter(({ operation }) => operation === 'getCustomFields').length).toBeLessThanOrEqual(1);
  });
}
