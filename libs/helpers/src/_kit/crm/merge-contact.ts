import { mergeTokens, tokenNames, type MergeOptions } from '../text/merge-tokens.js';
import type { ContactCrm } from './contact-crm.js';
import { contactTokens } from './contact-tokens.js';

/** Fills a template with values of the run's contact, by both spellings of field names and by custom fields. */
export async function mergeContact(crm: ContactCrm, template: string, options: MergeOptions = {}): Promise<string> {
  const names = tokenNames(template, options.spellings);
  return mergeTokens(template, await contactTokens(crm, names), options);
}
