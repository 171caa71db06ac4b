import { describe, expect, it } from '@jest/globals';
import { contactPatch, needsContact } from './contact-patch.js';
import { KeapContact } from './schemas.js';

const current = KeapContact.parse({
  id: '7',
  email_addresses: [
    { email: 'a@b.c', field: 'EMAIL1', is_opt_in: true, email_opt_status: 'CONFIRMED', opt_in_reason: 'form' },
    { email: 'second@b.c', field: 'EMAIL2' },
  ],
  phone_numbers: [
    { number: '1', number_e164: '+1', field: 'PHONE1', type: 'Work' },
    { number: '2', field: 'PHONE2' },
  ],
  addresses: [
    {
      field: 'BILLING',
      line1: 'Old',
      locality: 'Town',
      region: 'AZ',
      region_code: 'US-AZ',
      zip_code: '1',
      zip_four: '2',
      country_code: 'USA',
      country: 'United States',
    },
    { field: 'SHIPPING', line1: 'Ship' },
  ],
  custom_fields: [
    { id: '1', content: 'one' },
    { id: '2', content: ['x', 'y'] },
  ],
});

describe('the patch of a contact', () => {
  it('names exactly what changes', () => {
    expect(contactPatch({ given_name: 'Ada', website: '' }, undefined, undefined)).toEqual({
      mask: ['given_name', 'website'],
      body: { given_name: 'Ada', website: '' },
    });
  });

  it('clears a date by naming it without a value', () => {
    expect(contactPatch({ birthday: '' }, undefined, undefined)).toEqual({ mask: ['birth_date'], body: {} });
    expect(contactPatch({ anniversary: '2020-01-02' }, undefined, undefined).body).toEqual({
      anniversary_date: '2020-01-02',
    });
  });

  it('changes one address and sends all back, without what is Keap’s to say', () => {
    expect(contactPatch({ email: 'new@b.c' }, current, undefined)).toEqual({
      mask: ['email_addresses'],
      body: {
        email_addresses: [
          { email: 'new@b.c', field: 'EMAIL1', opt_in_reason: 'form' },
          { email: 'second@b.c', field: 'EMAIL2' },
        ],
      },
    });
  });

  it('takes a slot out to clear it', () => {
    expect(contactPatch({ phone: null }, current, undefined).body).toEqual({
      phone_numbers: [{ number: '2', field: 'PHONE2' }],
    });
    expect(contactPatch({ EMAIL2: '' }, current, undefined).body['email_addresses']).toHaveLength(1);
  });

  it('adds a slot', () => {
    expect(contactPatch({ PHONE3: '333' }, current, undefined).body['phone_numbers']).toContainEqual({
      number: '333',
      field: 'PHONE3',
    });
  });

  it('changes a part of the main address and drops its other names', () => {
    const { body, mask } = contactPatch({ region: 'Nevada', postal_code: '89' }, current, undefined);
    expect(mask).toEqual(['addresses']);
    expect(body['addresses']).toEqual([
      {
        field: 'BILLING',
        line1: 'Old',
        locality: 'Town',
        region: 'Nevada',
        postal_code: '89',
        country_code: 'USA',
        country: 'United States',
      },
      { field: 'SHIPPING', line1: 'Ship' },
    ]);
  });

  it('makes a main address where there is none', () => {
    const bare = KeapContact.parse({ id: '8' });
    expect(contactPatch({ locality: 'Town' }, bare, undefined).body).toEqual({
      addresses: [{ field: 'BILLING', locality: 'Town' }],
    });
  });

  it('sends every custom value back with the changed one', () => {
    expect(contactPatch({ '2': ['z'], '3': 5 }, current, undefined)).toEqual({
      mask: ['custom_fields'],
      body: {
        custom_fields: [
          { id: '1', content: 'one' },
          { id: '2', content: ['z'] },
          { id: '3', content: 5 },
        ],
      },
    });
    expect(contactPatch({ '1': '' }, current, undefined).body['custom_fields']).toContainEqual({
      id: '1',
      content: null,
    });
  });

  it('changes several lists and properties at once', () => {
    const { mask, body } = contactPatch(
      { given_name: 'A', email: 'x@y.z', '1': 'eins', '3': 'drei', company: 'C' },
      current,
      '55',
    );
    expect(mask.toSorted()).toEqual(['company', 'custom_fields', 'email_addresses', 'given_name']);
    expect(body['company']).toEqual({ id: '55' });
    expect(body['custom_fields']).toHaveLength(3);
  });

  it('takes a contact out of its company', () => {
    expect(contactPatch({ company: '' }, undefined, undefined)).toEqual({ mask: ['company'], body: {} });
  });
});

it('needs the contact only where a list is replaced', () => {
  expect(['given_name', 'job_title', 'website', 'birthday', 'company'].filter(needsContact)).toEqual([]);
  expect(['email', 'phone', 'line1', 'EMAIL2', '17'].every(needsContact)).toBe(true);
});
