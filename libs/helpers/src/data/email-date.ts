import type { DateTime } from 'luxon';
import { fieldName, text } from '../_kit/config/options.js';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import { formatDate, isDatePattern } from '../_kit/dates/date-pattern.js';
import { readDate } from '../_kit/dates/read-date.js';
import { isTimeZone } from '../_kit/dates/time-zone.js';
import { HelperFailure } from '../_kit/helper-failure.js';
import { stopsRun, toRunFailure } from '../_kit/run-failure.js';
import { fieldText, isEmptyValue } from '../_kit/text/field-text.js';

/** What a CRM knows about the mail to one address. */
export type EmailDate = 'LastOpenDate' | 'LastClickDate' | 'LastSentDate';

/** Options that all helpers with a date of the mail statistics have. */
export const emailDateOptions = {
  email_field: fieldName('Which address of the contact: Email, Email2, Email3 or another field').default('Email'),
  save_to: fieldName('Contact field for the date'),
  output_format: text('Pattern of the written date; as the CRM gives it when left out')
    .refine(isDatePattern, { error: 'Holds no part of a date' })
    .optional(),
  timezone: text('IANA zone in which the date is written; only with a pattern')
    .refine(isTimeZone, { error: 'Unknown time zone' })
    .optional(),
};

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['Email2', 'EmailAddress2'],
  ['Email3', 'EmailAddress3'],
]);

async function address(crm: ContactCrm, field: string): Promise<string> {
  const given = fieldText(await crm.readField(ALIASES.get(field) ?? field)).trim();
  return given === '' && field === 'Email' ? fieldText(await crm.readField('email')).trim() : given;
}

/** Whether a refusal is about this one question, so that asking in another way may help. */
const isAboutQuestion = (error: unknown): boolean => !stopsRun(error) && toRunFailure(error).class === 'give_up';

/** The date as the CRM gave it; null when there is no address or no date. */
export async function readEmailDate(crm: ContactCrm, emailField: string, kind: EmailDate): Promise<string | null> {
  const email = await address(crm, emailField);
  if (email === '') return null;
  let value: unknown;
  try {
    value = await crm.readField(`_email_stats.${email}.${kind}`);
  } catch (error) {
    if (!isAboutQuestion(error)) throw error;
    value = await crm.readField(kind);
    // Statistics that could not be read are not the same as none.
    if (isEmptyValue(value)) throw error;
  }
  return isEmptyValue(value) ? null : fieldText(value);
}

/** @throws HelperFailure `date_not_recognised` */
export function emailDate(date: string): DateTime {
  const read = readDate(date, 'UTC') ?? readDate(date.slice(0, 10), 'UTC');
  if (read === null) {
    throw new HelperFailure('date_not_recognised', 'give_up', 'The CRM gave a date that cannot be read.');
  }
  return read.at;
}

/** The date as it is written: unchanged, or by the helper's pattern. */
export function writtenDate(date: string, form: { output_format?: string | undefined; timezone?: string | undefined }) {
  if (form.output_format === undefined) return date;
  const at = emailDate(date);
  return formatDate(form.timezone === undefined ? at : at.setZone(form.timezone), form.output_format);
}
