import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { contactField } from '../../_kit/crm/contact-fields.js';
import { fieldText } from '../../_kit/text/field-text.js';

const STANDARD = ['contact_id', 'first_name', 'last_name', 'email', 'phone', 'company', 'full_name'] as const;

/**
 * What is sent along about the contact, as text by field name: the standard facts and the chosen fields, which hide
 * standard ones of the same name.
 */
export async function contactFacts(crm: ContactCrm, chosen: readonly string[]): Promise<Record<string, string>> {
  const contact = await crm.contact();
  const facts = new Map<string, string>(STANDARD.map((name) => [name, fieldText(contactField(contact, name))]));
  for (const name of chosen) facts.set(name, fieldText(await crm.readField(name)));
  return Object.fromEntries(facts);
}
