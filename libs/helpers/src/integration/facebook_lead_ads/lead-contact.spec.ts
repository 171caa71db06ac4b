import { expect, test } from '@jest/globals';
import { knownOf, toContact } from './lead-contact.js';

test('a full name is split at the first blank, whatever surrounds it', () => {
  expect(toContact({ full_name: '  Grace  Brewster Hopper ' }, {})).toMatchObject({
    first_name: 'Grace',
    last_name: 'Brewster Hopper',
  });
  expect(toContact({ full_name: 'Cher' }, {})).toMatchObject({ first_name: 'Cher', last_name: '' });
});

test('mapped answers become custom fields, unless they are empty', () => {
  expect(toContact({ budget: '1000', size: ' ' }, { budget: 'Budget', size: 'Size', nope: 'N', email: ' ' })).toEqual({
    first_name: '',
    last_name: '',
    email: '',
    custom_fields: { Budget: '1000' },
  });
});

test('an existing contact keeps what the lead does not say', () => {
  expect(knownOf({ first_name: 'Grace', last_name: '', email: 'g@example.com' })).toEqual({
    first_name: 'Grace',
    email: 'g@example.com',
  });
});
