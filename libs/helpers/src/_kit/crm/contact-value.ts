import { fieldText } from '../text/field-text.js';
import type { ContactCrm } from './contact-crm.js';
import { contactTokens } from './contact-tokens.js';

/** A field of the run's contact as trimmed text, by any name that tokens know; empty when there is no such field. */
export async function contactText(crm: ContactCrm, name: string): Promise<string> {
  const lookup = await contactTokens(crm, [name]);
  return fieldText(lookup(name)).trim();
}
