import type { FieldValue } from '#connectors';
import type { HelperResult } from '../helper-result.js';
import type { ContactCrm } from './contact-crm.js';

/**
 * Writes one field of the contact: the whole outcome of a type that computes one value.
 * @param others what the caller gets beside the written field
 * @returns success, with the field among the data and as the only action
 * @throws what the CRM refuses; nothing is reported then
 */
export async function writeOneField(
  crm: Pick<ContactCrm, 'writeField'>,
  field: string,
  value: FieldValue,
  others: Readonly<Record<string, unknown>> = {},
): Promise<HelperResult> {
  await crm.writeField(field, value);
  return {
    success: true,
    modifiedData: { ...others, [field]: value },
    actions: [{ type: 'field_updated', target: field, value }],
  };
}
