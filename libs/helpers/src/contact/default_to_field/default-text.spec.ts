import { expect, test } from '@jest/globals';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { defaultText } from './default-text.js';

const now = new Date('2026-03-10T23:30:00Z');
const untouched = {} as unknown as ContactCrm;

test.each([
  ['now', 'UTC', '2026-03-10 23:30:00'],
  ['"Today"', 'Europe/Berlin', '2026-03-11'],
  ['@date_today, @date_now.', 'America/New_York', '2026-03-10, 2026-03-10 19:30:00.'],
  ['a@date_today b', 'UTC', 'a@date_today b'],
  ['plain text', 'UTC', 'plain text'],
])('%j in %s is %j, without a look at the contact', async (template, zone, expected) => {
  expect(await defaultText(template, untouched, now, zone)).toBe(expected);
});
