import { describe, expect, it } from '@jest/globals';
import type { CustomField } from '../_kit/contact.js';
import { contactRecord, customValue, normalizedContact, valueText } from './contact-record.js';
import { ContactAnswer } from './schemas.js';
import { activecampaignTraits as traits } from './traits.js';

const field = (field_type: string, options?: string[]): CustomField => ({
  id: '1',
  key: 'KEY',
  label: 'Label',
  field_type,
  ...(options && { options }),
});

describe('values as people give them become values of the vendor', () => {
  it.each([
    ['date', '2026-03-01T10:30:00Z', '2026-03-01'],
    ['date', '03/01/2026', '2026-03-01'],
    ['date', 'some day', 'some day'],
    ['datetime', '2026-03-01T10:30:00+02:00', '2026-03-01T08:30:00+00:00'],
    ['datetime', '2026-03-01 10:30:00', '2026-03-01T10:30:00+00:00'],
    ['text', 42, '42'],
    ['text', true, 'true'],
    ['text', ['A', 'B'], 'A, B'],
    ['listbox', ['A', 'B'], '||A||B||'],
    ['listbox', 'A', '||A||'],
    ['checkbox', 'A, B', '||A||B||'],
    ['checkbox', '||A||B||', '||A||B||'],
    ['listbox', [], ''],
    ['listbox', '', ''],
    ['listbox', null, ''],
  ])('%s: %j', (type, given, written) => {
    expect(valueText(traits.writeValue(field(type), given))).toBe(written);
  });

  it('a choice that holds a comma stays whole', () => {
    expect(traits.writeValue(field('listbox', ['Smith, John', 'B']), 'Smith, John')).toEqual(['Smith, John']);
  });

  it.each([
    ['radio', ['Yes', 'No'], true, 'Yes'],
    ['dropdown', ['nein', 'off', 'on'], false, 'off'],
    ['checkbox', ['Yes'], true, '||Yes||'],
    ['radio', ['Red'], true, 'true'],
  ])('yes and no in a %s of %j', (type, options, given, written) => {
    expect(valueText(traits.writeValue(field(type, options), given))).toBe(written);
  });
});

describe('values of the vendor become values of the product', () => {
  it.each([
    ['date', '2026-03-01', '2026-03-01T00:00:00Z'],
    ['date', '0000-00-00', null],
    ['datetime', '2026-03-01T05:30:00-05:00', '2026-03-01T10:30:00Z'],
    ['datetime', '2026-03-01 10:30:00', '2026-03-01T10:30:00Z'],
    ['datetime', '0000-00-00 00:00:00', null],
    ['listbox', '||A||B||', ['A', 'B']],
    ['checkbox', '||A||', ['A']],
    ['checkbox', 'A', ['A']],
    ['listbox', '', null],
    ['listbox', '||||', null],
    ['checkbox', '||', null],
    ['radio', '||A||', 'A'],
    ['text', 'a || b', 'a || b'],
    ['text', '', null],
  ])('%s: %j', (type, text, read) => {
    expect(traits.readValue(field(type), customValue(text))).toEqual(read);
  });
});

describe('a contact', () => {
  it('with nothing but an id and an address is readable', () => {
    const { contact, ...loaded } = ContactAnswer.parse({
      contact: { id: '7', email: 'a@b.c', udate: null, cdate: '0000-00-00', phone: '' },
    });
    expect(normalizedContact(contactRecord(contact, loaded), 'activecampaign')).toEqual({
      id: '7',
      source_id: '7',
      source_crm: 'activecampaign',
      first_name: '',
      last_name: '',
      email: 'a@b.c',
    });
  });

  it('gets of what came beside it only its own', () => {
    const { contact, ...loaded } = ContactAnswer.parse({
      contact: { id: 7, email: 'a@b.c', cdate: '2018-09-28T13:50:41-05:00' },
      fieldValues: [
        { contact: '7', field: '1', value: '||A||B||' },
        { contact: '8', field: '1', value: 'of another' },
        { contact: '7', field: '2', value: null },
      ],
      contactTags: [
        { id: '70', contact: '7', tag: '5' },
        { id: '80', contact: '8', tag: '6' },
      ],
      tags: [{ id: '5', tag: 'Five' }],
      accountContacts: [{ id: '90', contact: 7, account: 3, jobTitle: 'Cook' }],
      accounts: [{ id: '3', name: 'Kitchen' }],
    });
    expect(normalizedContact(contactRecord(contact, loaded), 'activecampaign')).toMatchObject({
      company: 'Kitchen',
      job_title: 'Cook',
      tags: [{ id: '5', name: 'Five' }],
      custom_fields: { '1': ['A', 'B'], '2': null },
      created_at: '2018-09-28T18:50:41.000Z',
    });
  });
});
