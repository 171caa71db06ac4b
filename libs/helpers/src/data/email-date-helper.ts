import { z } from 'zod';
import type { HelperResult } from '../_kit/helper-result.js';
import type { RunContext } from '../_kit/run-context.js';
import { emailDateOptions, readEmailDate, writtenDate, type EmailDate } from './email-date.js';
import { writeOneField } from '../_kit/crm/write-one-field.js';

/** Options of the helpers that store one date and nothing else. */
export const emailDateConfig = z.object(emailDateOptions);

/** Stores a date of the contact's mail statistics. */
export async function storeEmailDate(
  { config, crm }: Pick<RunContext<z.output<typeof emailDateConfig>>, 'config' | 'crm'>,
  kind: EmailDate,
): Promise<HelperResult> {
  const { email_field: emailField, save_to: target } = config;
  const date = await readEmailDate(crm, emailField, kind);
  if (date === null) return { success: true };
  const value = writtenDate(date, config);
  return writeOneField(crm, target, value);
}
