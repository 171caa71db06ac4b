import { expect, test } from '@jest/globals';
import { contactMatcher } from './match-contact.js';

const contact = {
  id: '1',
  first_name: 'Élodie',
  last_name: '',
  email: 'e.l@example.com',
  custom_fields: { tier: 'Gold (1)' },
  source_crm: 'sandbox' as const,
  source_id: '1',
};

test.each([
  ['éLO', ['first_name'], 'contains', true],
  ['LO', ['first_name'], 'starts_with', false],
  ['E.L@EXAMPLE.COM', ['email'], 'exact', true],
  ['.*', ['email'], 'contains', false],
  ['gold (1', ['tier'], 'starts_with', true],
  ['x', ['unknown', 'tier'], 'contains', false],
  ['e', ['email'], 'fuzzy', false],
  ['e', ['email'], 'constructor', false],
])('%p in %p, %s: %p', (term, fields, mode, expected) => {
  expect(contactMatcher(term, fields, mode)(contact)).toBe(expected);
});
