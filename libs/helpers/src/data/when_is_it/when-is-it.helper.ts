import { z } from 'zod';
import { fieldName, text } from '../../_kit/config/options.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { formatDate, isDatePattern } from '../../_kit/dates/date-pattern.js';
import { readDate } from '../../_kit/dates/read-date.js';
import { isTimeZone } from '../../_kit/dates/time-zone.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { isEmptyValue } from '../../_kit/text/field-text.js';

function requireZone(zone: string): void {
  if (isTimeZone(zone)) return;
  const message = `"${zone}" is no time zone. Use an IANA name such as America/New_York.`;
  throw new HelperFailure('unknown_timezone', 'give_up', message);
}

export const whenIsIt = defineHelper({
  type: 'when_is_it',
  category: 'data',
  title: 'When Is It',
  summary: 'Converts a date and time from one time zone to another and writes it in a pattern.',
  rules: [
    'Dates are understood as CRMs and people write them: RFC 3339, YYYY-MM-DD and MM/DD/YYYY with or without a time, Jan 5, 2026, 05 Mar 2026, Unix time. Anything else fails with `date_not_recognised`.',
    'An offset in the value counts; the first time zone is for values without one. A date without a time is midnight there.',
    'A time that a clock change skips moves forward by the gap; of one that comes twice the first counts.',
    'The pattern is either tokens (MM/DD/YYYY hh:mm A) or the reference date Mon Jan 2 15:04:05 MST 2006 in the wanted form.',
    'An empty field writes nothing. A zone that is not known fails with `unknown_timezone` before anything is read.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: { inDoubt: 'repeat' } },
  aliases: { field: 'source_field' },
  config: z.object({
    source_field: fieldName('Field with the date'),
    target_field: fieldName('Field for the result'),
    from_timezone: text('IANA zone of values without an offset').default('UTC'),
    to_timezone: text('IANA zone of the result'),
    output_format: text('Pattern of the result: tokens (MM/DD/YYYY) or a reference date (01/02/2006)').refine(
      isDatePattern,
      { error: 'Holds no part of a date' },
    ),
  }),

  async run({ config, crm, remember }) {
    const { source_field: from, target_field: target, from_timezone: fromZone, to_timezone: zone } = config;
    requireZone(fromZone);
    requireZone(zone);
    const result = await remember('result', async () => {
      const value = await crm.readField(from);
      if (isEmptyValue(value) || (typeof value === 'string' && value.trim() === '')) return null;
      const date = readDate(value, fromZone);
      if (date === null) {
        throw new HelperFailure('date_not_recognised', 'give_up', `Field ${from} holds no date that can be read.`);
      }
      return formatDate(date.at.setZone(zone), config.output_format);
    });
    if (result === null) return { success: true };
    return writeOneField(crm, target, result);
  },
});
