import { expect } from '@jest/globals';
import type { CrmConnector } from '#connectors';
import type { ContractChecks } from './checks.js';

const NEVER_CLEARED: readonly string[] = ['first_name', 'last_name', 'email'];

export function fieldContract(checks: ContractChecks): void {
  const standard = Object.entries(checks.vendor.standardFields);
  const keeps = checks.vendor.unclearable ?? [];

  for (const [name, [first, second]] of standard) {
    checks.that('setContactFieldValue', `writes and reads the standard field ${name}`, async ({ connect, contact }) => {
      for (const value of [first, second]) {
        await connect().crm.setContactFieldValue(contact(60), name, value);
        expect(await connect().crm.getContactFieldValue(contact(60), name)).toBe(value);
      }
    });
  }

  checks.that('setContactFieldValue', 'leaves all other standard fields alone', async ({ connect, contact }) => {
    const { crm } = connect();
    for (const [name, [value]] of standard) await crm.setContactFieldValue(contact(61), name, value);
    const { crm: later } = connect();
    for (const [name, [value]] of standard) {
      expect([name, await later.getContactFieldValue(contact(61), name)]).toEqual([name, value]);
    }
  });

  checks.that('setContactFieldValue', 'clears standard fields with an empty text or null', async (subject) => {
    const { connect, contact } = subject;
    for (const [name, [value]] of standard.filter(([key]) => !NEVER_CLEARED.includes(key))) {
      await connect().crm.setContactFieldValue(contact(62), name, value);
      for (const empty of ['', null]) {
        const clearing = connect().crm.setContactFieldValue(contact(62), name, empty);
        if (keeps.includes(name)) await expect(clearing).rejects.toMatchObject({ kind: 'validation' });
        else await clearing;
        const read = await connect().crm.getContactFieldValue(contact(62), name);
        expect([name, read]).toEqual([name, keeps.includes(name) ? value : null]);
      }
      // Later fields may need this one, as a job title needs a company.
      await connect().crm.setContactFieldValue(contact(62), name, value);
    }
  });

  checks.that('getCustomFields', 'lists the fields with label, key and kind', async ({ connect, customFields }) => {
    const listed = await connect().crm.getCustomFields();
    for (const { field } of customFields) {
      const found = listed.find(({ id }) => id === field.id);
      expect(found).toMatchObject(field);
      expect(found?.field_type).not.toBe('');
    }
    for (const { sort, field } of customFields.filter((each) => each.sort === 'choice' || each.sort === 'list')) {
      expect([sort, listed.find(({ id }) => id === field.id)?.options?.length ?? 0]).not.toEqual([sort, 0]);
    }
  });

  for (const { sort, field, values } of checks.vendor.customFields) {
    const [first, second] = values;
    checks.that('setContactFieldValue', `writes and reads a field of the sort ${sort}`, async (subject) => {
      const { connect, contact } = subject;
      const read = (key: string) => connect().crm.getContactFieldValue(contact(63), key);
      const spellings: [written: string, readAs: string][] = [
        [` ${field.label.toUpperCase()} `, field.id],
        [field.key, field.label],
        [field.id, field.key],
      ];
      for (const [at, [written, readAs]] of spellings.entries()) {
        const value = at % 2 === 0 ? first : second;
        await connect().crm.setContactFieldValue(contact(63), written, value);
        expect([written, await read(readAs)]).toEqual([written, value]);
      }
    });
  }

  checks.that('setContactFieldValue', 'leaves the other custom fields alone', async (subject) => {
    const { connect, contact, customFields } = subject;
    const writing = connect().crm;
    for (const { field, values } of customFields) await writing.setContactFieldValue(contact(64), field.id, values[1]);
    const { crm } = connect();
    for (const { sort, field, values } of customFields) {
      expect([sort, await crm.getContactFieldValue(contact(64), field.id)]).toEqual([sort, values[1]]);
    }
  });

  checks.that('setContactFieldValue', 'clears custom fields of every sort', async (subject) => {
    const { connect, contact, customFields } = subject;
    for (const { sort, field, values } of customFields) {
      await connect().crm.setContactFieldValue(contact(65), field.id, values[0]);
      await connect().crm.setContactFieldValue(contact(65), field.id, '');
      expect([sort, await connect().crm.getContactFieldValue(contact(65), field.id)]).toEqual([sort, null]);
    }
  });

  checks.that('updateContact', 'writes many fields by their labels in one go', async (subject) => {
    const { connect, contact, customFields } = subject;
    const wanted = Object.fromEntries(customFields.map(({ field, values }) => [field.label, values[0]]));
    await connect().crm.updateContact(contact(66), { custom_fields: wanted });
    const { crm } = connect();
    for (const { field, values } of customFields) {
      expect([field.label, await crm.getContactFieldValue(contact(66), field.id)]).toEqual([field.label, values[0]]);
    }
  });

  checks.that('getContact', 'shows custom fields under their ids', async ({ connect, contact, customFields }) => {
    const text = customFields.find(({ sort }) => sort === 'text');
    if (text === undefined) throw new Error('Declare a custom field of the sort text');
    await connect().crm.setContactFieldValue(contact(67), text.field.label, text.values[0]);
    const read = await connect().crm.getContact(contact(67));
    expect(read.custom_fields?.[text.field.id]).toBe(text.values[0]);
  });

  checks.that('setContactFieldValue', 'takes dates as people write them', async (subject) => {
    const { connect, contact, customFields } = subject;
    const date = customFields.find(({ sort }) => sort === 'date');
    if (date === undefined) throw new Error('Declare a custom field of the sort date');
    for (const written of ['2027-02-03', '02/03/2027', '2027-02-03T00:00:00Z', '2027-02-03 00:00:00']) {
      await connect().crm.setContactFieldValue(contact(68), date.field.label, written);
      const read = await connect().crm.getContactFieldValue(contact(68), date.field.label);
      expect([written, read]).toEqual([written, '2027-02-03T00:00:00Z']);
    }
  });

  checks.that('getContactFieldValue', 'reads null for a field that exists nowhere', async ({ connect, contact }) => {
    expect(await connect().crm.getContactFieldValue(contact(0), 'no such field')).toBeNull();
  });

  checks.that('setContactFieldValue', 'refuses a field that exists nowhere', async ({ connect, contact, record }) => {
    const before = await record(contact(69));
    const writing = connect().crm.setContactFieldValue(contact(69), 'no such field', 'x');
    await expect(writing).rejects.toMatchObject({ retryable: false });
    expect(await record(contact(69))).toEqual(before);
  });

  checks.that('getCustomFields', 'is asked for once by all runs of a connection', async (subject) => {
    const { connect, contact, customFields } = subject;
    const { crm, nextRun, calls } = connect();
    const readAll = async (reader: CrmConnector): Promise<void> => {
      for (const { field } of customFields) await reader.getContactFieldValue(contact(0), field.label);
    };
    await Promise.all([readAll(crm), readAll(nextRun())]);
    await readAll(nextRun());
    expect(calls.filter(({ operation }) => operation === 'getCustomFields').length).toBe(1);
  });
}
