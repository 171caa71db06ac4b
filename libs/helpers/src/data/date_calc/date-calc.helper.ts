import { DateTime } from 'luxon';
import { formatDate } from '../../_kit/dates/date-pattern.js';
import { readDate, type ReadDate } from '../../_kit/dates/read-date.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';
import { isEmptyValue } from '../../_kit/text/field-text.js';
import { daysBetween, isStep, step } from './calculate.js';
import { dateCalcConfig, type DateCalcConfig } from './date-calc.config.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';

type Context = RunContext<DateCalcConfig>;

async function readDateField({ crm }: Context, field: string, zone: string): Promise<ReadDate | null> {
  const value = await crm.readField(field);
  if (isEmptyValue(value) || (typeof value === 'string' && value.trim() === '')) return null;
  const date = readDate(value, zone);
  if (date === null) {
    throw new HelperFailure('date_not_recognised', 'give_up', `Field ${field} holds no date that can be read.`);
  }
  return date;
}

function written(at: DateTime, pattern: string): string {
  if (!at.isValid) throw new HelperFailure('date_out_of_range', 'give_up', 'The resulting date is out of range.');
  return formatDate(at, pattern);
}

/** @returns null when a date is empty: then nothing is written */
async function result(context: Context): Promise<string | null> {
  const { config, identity, clock } = context;
  const { operation, amount = 0, output_format: pattern } = config;
  const zone = config.timezone ?? identity.timezone ?? 'UTC';
  if (operation === 'set_now') return written(DateTime.fromJSDate(clock.now(), { zone }), pattern);
  const date = await readDateField(context, config.field ?? '', zone);
  if (date === null) return null;
  if (operation === 'diff_days') {
    const other = await readDateField(context, config.compare_field ?? '', zone);
    return other === null ? null : daysBetween(date, other);
  }
  return written(isStep(operation) ? step(date.at, operation, amount) : date.at, pattern);
}

export const dateCalc = defineHelper({
  type: 'date_calc',
  category: 'data',
  title: 'Date Calc',
  summary: 'Adds to, subtracts from, compares, reformats or sets a date field.',
  rules: [
    'Dates are understood as CRMs and people write them: RFC 3339, YYYY-MM-DD, MM/DD/YYYY, Jan 5, 2026, 05 Mar 2026, Unix time. Day-first numbers are not. Anything else fails with `date_not_recognised`.',
    'A date with an offset keeps it; one without is read in the time zone.',
    'Months and years are those of the calendar; a day that does not exist becomes the last day of the month.',
    'The written pattern is either tokens (YYYY, MM, DD, HH, mm, ss, MMM, MMMM, ddd, dddd, D, M, h, hh, A, Z) or the reference date Mon Jan 2 15:04:05 MST 2006 in the wanted form.',
    'diff_days writes compare_field minus field in whole days; two plain dates are counted by the calendar.',
    'An empty date writes nothing.',
    'The result is computed once for an execution.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  aliases: { date_field: 'field' },
  config: dateCalcConfig,

  async run(context) {
    const { config, crm, remember } = context;
    const target = config.target_field ?? config.field ?? '';
    const value = await remember('result', () => result(context));
    if (value === null) return { success: true };
    return writeOneField(crm, target, value);
  },
});
