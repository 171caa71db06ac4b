import type { CustomField } from '#connectors';
import type { TokenLookup } from '../text/merge-tokens.js';
import type { ContactCrm } from './contact-crm.js';
import { contactField } from './contact-fields.js';

const normalized = (label: string): string => label.trim().toLowerCase();

/** Whether `name` is what people call the field: its key or its label. */
const isCalled = (field: CustomField, name: string): boolean =>
  field.key === name || field.id === name || normalized(field.label) === normalized(name);

/**
 * Prepares the values that a text's tokens ask for: the contact's own fields by both spellings, its custom fields by
 * key and by label. Field definitions are read only when a name is not on the contact itself.
 * @param names every token name of the texts that will be merged
 */
export async function contactTokens(crm: ContactCrm, names: readonly string[]): Promise<TokenLookup> {
  const contact = await crm.contact();
  const values = new Map<string, unknown>();
  const open: string[] = [];
  for (const name of names) {
    const value = contactField(contact, name);
    if (value === undefined) open.push(name);
    else values.set(name, value);
  }
  const definitions = open.length > 0 && (await crm.supports('custom_fields')) ? await crm.getCustomFields() : [];
  for (const name of open) {
    const field = definitions.find((each) => isCalled(each, name));
    if (field === undefined) continue;
    values.set(name, contactField(contact, field.id) ?? contactField(contact, field.key) ?? null);
  }
  return (name) => values.get(name);
}
