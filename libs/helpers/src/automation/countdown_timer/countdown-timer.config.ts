import { z } from 'zod';
import { choice, fieldName, flag, requireOption, text } from '../../_kit/config/options.js';
import { isTimeZone } from '../../_kit/dates/time-zone.js';
import { durationMs, readInstant } from './deadline.js';

const HUNDRED_YEARS_DAYS = 36_525;

const part = (description: string, most: number) => z.number().min(0).max(most).meta({ description }).default(0);

/** Drawn into pictures and pages, therefore nothing but a colour. */
const colour = (description: string, standard: string) =>
  z
    .string()
    .trim()
    .regex(/^(?:#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|[a-z]{3,30})$/i, { error: 'Must be a colour such as #112233' })
    .meta({ description })
    .default(standard);

export const countdownTimerConfig = z
  .object({
    timerType: choice(['standard', 'contact_field', 'evergreen', 'dynamic'], 'Where the deadline comes from'),
    endTime: z
      .string()
      .refine((instant) => readInstant(instant) !== null, {
        error: 'Must be an instant with offset, such as 2026-02-01T00:00:00Z',
      })
      .meta({ description: 'Deadline of a standard timer, with offset' })
      .optional(),
    contactField: fieldName('Contact field with the deadline, for contact_field').optional(),
    timezone: text('IANA zone of deadlines in a contact field that name none')
      .refine(isTimeZone, { error: 'Must be an IANA time zone, such as America/New_York' })
      .default('UTC'),
    addDays: part('Days that an evergreen or dynamic timer runs', HUNDRED_YEARS_DAYS),
    addHours: part('Hours that it runs', HUNDRED_YEARS_DAYS * 24),
    addMinutes: part('Minutes that it runs', HUNDRED_YEARS_DAYS * 24 * 60),
    backgroundColor: colour('Colour behind the digits', '#000000'),
    digitColor: colour('Colour of the digits', '#FFFFFF'),
    labelColor: colour('Colour of the labels', '#CCCCCC'),
    transparentBg: flag('Nothing behind the digits').default(false),
    save_url_field: fieldName('Contact field for the URL').optional(),
  })
  .superRefine((options, context) => {
    const { timerType: type, endTime, contactField, addDays: days, addHours: hours, addMinutes: minutes } = options;
    if (type === 'standard' && endTime === undefined) requireOption(context, 'endTime', 'for a standard timer');
    if (type === 'contact_field' && contactField === undefined) {
      requireOption(context, 'contactField', 'because timerType is contact_field');
    }
    if ((type === 'evergreen' || type === 'dynamic') && durationMs({ days, hours, minutes }) === 0) {
      requireOption(context, 'addDays', `because timerType is ${type}, or addHours or addMinutes`);
    }
  });
export type CountdownTimerConfig = z.output<typeof countdownTimerConfig>;

/** Spellings of forms and of older configurations. */
export const countdownTimerAliases = {
  timer_type: 'timerType',
  timer_mode: 'timerType',
  end_time: 'endTime',
  expire_date: 'endTime',
  contact_field: 'contactField',
  timer_field: 'contactField',
  add_days: 'addDays',
  add_hours: 'addHours',
  duration_hours: 'addHours',
  add_minutes: 'addMinutes',
  background_color: 'backgroundColor',
  digit_color: 'digitColor',
  label_color: 'labelColor',
  transparent_bg: 'transparentBg',
  saveUrlField: 'save_url_field',
} as const;
