import { expect, test } from '@jest/globals';
import { countryOf, readPhone } from './read-phone.js';

test.each([
  ['(555) 123-4567', 'US', true, '5551234567', '+15551234567'],
  ['+1 555 123 4567', 'US', true, '15551234567', '+15551234567'],
  ['555-1234', 'US', false, '5551234', '+15551234'],
  ['25551234567', 'US', false, '25551234567', '+125551234567'],
  ['0000000000', 'US', false, '0000000000', '+10000000000'],
  ['07700 900123', 'GB', true, '07700900123', '+447700900123'],
  ['+33 1 42 68 53 00', 'US', true, '33142685300', '+33142685300'],
  ['call me', 'US', false, '', ''],
  ['1234567', 'XX', true, '1234567', ''],
  ['12345', 'XX', false, '12345', ''],
  ['٠٧٧٠٠ ٩٠٠١٢٣', 'GB', true, '7700900123', '+447700900123'],
])('%s in %s', async (text, country, valid, digits, e164) => {
  expect(await readPhone(text, country)).toMatchObject({ valid, digits, e164 });
});

test('an extension is no part of the number', async () => {
  expect(await readPhone('415-555-2671 ext. 12', 'US')).toMatchObject({
    digits: '4155552671',
    extension: '12',
    e164: '+14155552671',
    national: '(415) 555-2671',
    assigned: true,
  });
});

test('the country of the number and that of the option', async () => {
  expect(await readPhone('+49 1512 3456789', 'US')).toMatchObject({ country: 'DE', type: 'MOBILE' });
  expect([countryOf(' us '), countryOf('uk'), countryOf('Atlantis')]).toEqual(['US', 'GB', 'ATLANTIS']);
});
