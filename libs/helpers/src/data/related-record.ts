import { z } from 'zod';
import { choice, fieldName } from '../_kit/config/options.js';
import { writeOneField } from '../_kit/crm/write-one-field.js';
import type { HelperResult } from '../_kit/helper-result.js';
import type { RunContext } from '../_kit/run-context.js';
import { fieldText, isEmptyValue } from '../_kit/text/field-text.js';

/** Options of the helpers that copy from a record behind the contact. */
export const relatedRecordConfig = z.object({
  type: choice(
    ['invoice', 'job', 'subscription', 'lead', 'creditcard', 'payment'],
    'Kind of record; a job is an order, a lead an opportunity',
  ),
  from_field: fieldName('Field of the record, such as InvoiceTotal, DateCreated or StageID'),
  to_field: fieldName('Contact field for the value'),
});

/** Copies one field of the contact's oldest or newest record of a kind. */
export async function copyFromRecord(
  { config, crm }: Pick<RunContext<z.output<typeof relatedRecordConfig>>, 'config' | 'crm'>,
  order: 'first' | 'last',
): Promise<HelperResult> {
  const { type, from_field: from, to_field: target } = config;
  const value = await crm.readField(`_related.${type}.${order}.${from}`);
  if (isEmptyValue(value)) return { success: true };
  const text = fieldText(value);
  return writeOneField(crm, target, text);
}
