import { z } from 'zod';
import { choice, fieldName, MISSING, requireOption, text, wholeNumber } from '../../_kit/config/options.js';
import { isDatePattern } from '../../_kit/dates/date-pattern.js';
import { isTimeZone } from '../../_kit/dates/time-zone.js';
import { isStep, OPERATIONS } from './calculate.js';

/** Days within which every calendar agrees; luxon's own limit lies close behind. */
const LARGEST_AMOUNT = 1_000_000;

export const dateCalcConfig = z
  .object({
    operation: choice(OPERATIONS, 'What to do', 'add_days'),
    field: fieldName('Date field; needed for everything but set_now').optional(),
    amount: wholeNumber('How many days, months or years; fractions are cut off, negative numbers go the other way')
      .refine((amount) => Math.abs(amount) <= LARGEST_AMOUNT, { error: `At most ${LARGEST_AMOUNT}` })
      .optional(),
    target_field: fieldName('Field for the result; the field itself when left out').optional(),
    compare_field: fieldName('Second date, for diff_days').optional(),
    output_format: text('Pattern of the written date: tokens (MM/DD/YYYY) or a reference date (01/02/2006)')
      .refine(isDatePattern, { error: 'Holds no part of a date' })
      .default('2006-01-02'),
    timezone: text("IANA zone of 'now' and of dates without an offset; the account's zone, else UTC")
      .refine(isTimeZone, { error: 'Unknown time zone' })
      .optional(),
  })
  .superRefine((config, context) => {
    const { operation } = config;
    if (operation !== 'set_now' && config.field === undefined) requireOption(context, 'field', `for ${operation}`);
    if (isStep(operation) && config.amount === undefined) requireOption(context, 'amount', `for ${operation}`);
    if (operation === 'diff_days') {
      for (const option of ['compare_field', 'target_field'] as const) {
        if (config[option] === undefined) requireOption(context, option, 'for diff_days');
      }
    }
    if (operation === 'set_now' && config.field === undefined && config.target_field === undefined) {
      context.addIssue({ code: 'custom', path: ['target_field'], message: 'Needed for set_now', params: MISSING });
    }
  });
export type DateCalcConfig = z.output<typeof dateCalcConfig>;
