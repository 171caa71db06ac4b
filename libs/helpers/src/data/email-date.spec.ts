import { describe, expect, test } from '@jest/globals';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import { HelperFailure } from '../_kit/helper-failure.js';
import { emailDate, readEmailDate, writtenDate } from './email-date.js';

const STATISTICS = '_email_stats.a@b.org.LastOpenDate';

/** A CRM that knows only these fields; an error in place of a value is thrown. */
function crmOf(fields: Record<string, unknown>): { crm: ContactCrm; asked: string[] } {
  const asked: string[] = [];
  const readField = (key: string): Promise<unknown> => {
    asked.push(key);
    const value = fields[key] ?? null;
    return value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
  };
  return { crm: { readField } as unknown as ContactCrm, asked };
}

const refused = new HelperFailure('crm_error', 'give_up', 'refused');
const later = new HelperFailure('crm_error', 'retry', 'later');

describe('the date of an address', () => {
  test.each([
    ['Email', 'Email'],
    ['Email2', 'EmailAddress2'],
    ['Email3', 'EmailAddress3'],
    ['Work Mail', 'Work Mail'],
    ['__proto__', '__proto__'],
  ])('%p is read from the field %p', async (option, field) => {
    const fields = Object.fromEntries([
      [field, ' a@b.org '],
      [STATISTICS, '2026-01-01'],
    ]);
    expect(await readEmailDate(crmOf(fields).crm, option, 'LastOpenDate')).toBe('2026-01-01');
  });

  test('the main address is the standard field when no other is called so', async () => {
    const { crm, asked } = crmOf({ email: 'a@b.org' });
    expect(await readEmailDate(crm, 'Email', 'LastOpenDate')).toBeNull();
    expect(asked).toEqual(['Email', 'email', STATISTICS]);
  });

  test('a refusal of the statistics leads to the plain field, a passing failure does not', async () => {
    const plain = { Email: 'a@b.org', LastOpenDate: '2026-02-02' };
    expect(await readEmailDate(crmOf({ ...plain, [STATISTICS]: refused }).crm, 'Email', 'LastOpenDate')).toBe(
      '2026-02-02',
    );
    await expect(readEmailDate(crmOf({ ...plain, [STATISTICS]: later }).crm, 'Email', 'LastOpenDate')).rejects.toBe(
      later,
    );
    const none = crmOf({ Email: 'a@b.org', [STATISTICS]: refused }).crm;
    await expect(readEmailDate(none, 'Email', 'LastOpenDate')).rejects.toBe(refused);
  });
});

test('a date is written as it came, or by pattern and zone', () => {
  expect(writtenDate('whatever', {})).toBe('whatever');
  expect(writtenDate('2026-01-10T23:30:00-05:00', { output_format: 'YYYY-MM-DD HH:mm' })).toBe('2026-01-10 23:30');
  expect(writtenDate('2026-01-10T23:30:00-05:00', { output_format: 'YYYY-MM-DD', timezone: 'UTC' })).toBe('2026-01-11');
});

test('of a date with an unreadable time the day counts', () => {
  expect(emailDate('2026-01-10 at noon').toISODate()).toBe('2026-01-10');
  expect(() => emailDate('never')).toThrow(expect.objectContaining({ code: 'date_not_recognised' }));
});
