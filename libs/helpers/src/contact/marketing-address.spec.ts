import { expect, test } from '@jest/globals';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import { readAddress } from './marketing-address.js';

async function read(fields: Record<string, string | null>, field: string) {
  const warnings: string[] = [];
  const crm = { readField: (key: string) => Promise.resolve(fields[key] ?? null) } as unknown as ContactCrm;
  const address = await readAddress({ crm, warn: (message) => void warnings.push(message) }, field);
  return { address, warnings };
}

test('the main address is read and trimmed', async () => {
  const { address, warnings } = await read({ email: ' ada@example.com ' }, 'email');
  expect(address).toEqual({ ok: true, email: 'ada@example.com' });
  expect(warnings).toEqual([]);
});

test('another address than the main one is warned about', async () => {
  const other = { email: 'ada@example.com', work: 'w@example.com', same: 'ADA@example.com' };
  expect((await read(other, 'work')).warnings).toHaveLength(1);
  expect((await read(other, 'same')).warnings).toEqual([]);
});

test.each([
  [{ email: null }, 'no_email_address'],
  [{ email: 'nobody' }, 'invalid_email_address'],
])('%j has none', async (fields, code) => {
  expect((await read(fields, 'email')).address).toMatchObject({ ok: false, failure: { code, class: 'give_up' } });
});
