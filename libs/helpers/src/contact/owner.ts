import { z } from 'zod';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import type { HelperResult } from '../_kit/helper-result.js';
import { HelperFailure } from '../_kit/helper-failure.js';
import { fieldText } from '../_kit/text/field-text.js';

/** The user of the CRM who becomes the owner; ids of some CRMs are numbers. */
export const ownerOption = () =>
  z
    .union([z.string().trim().min(1), z.number()])
    .transform(fieldText)
    .meta({ description: 'Id of the CRM user who becomes the owner' });

/** Forms send a list of owners, of which the first one counts. */
export function firstOwner(raw: Record<string, unknown>): Record<string, unknown> {
  const { owner_ids: list, ...others } = raw;
  if (list === undefined || (others['owner_id'] ?? '') !== '') return raw;
  const [first = ''] = Array.isArray(list) ? (list as unknown[]) : fieldText(list).split(',');
  return { ...others, owner_id: typeof first === 'string' ? first.trim() : first };
}

/** Writes the owner unless it is the right one already. */
export async function assignOwner(crm: ContactCrm, field: string, owner: string): Promise<HelperResult> {
  if (fieldText(await crm.readField(field)).trim() === owner) return { success: true };
  await crm.writeField(field, owner);
  return {
    success: true,
    modifiedData: { [field]: owner },
    actions: [{ type: 'field_updated', target: field, value: owner }],
  };
}

/** @throws HelperFailure `unsupported_by_crm` where contacts have no owner */
export async function requireOwners(crm: ContactCrm): Promise<void> {
  if ((await crm.platform()) !== 'activecampaign') return;
  const message =
    'Contacts of ActiveCampaign have no owner: name a field of your own for it in owner_field of Assign It.';
  throw new HelperFailure('unsupported_by_crm', 'give_up', message);
}
