import { fieldName } from '../_kit/config/options.js';
import { contactField } from '../_kit/crm/contact-fields.js';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import { HelperFailure } from '../_kit/helper-failure.js';
import { fieldText } from '../_kit/text/field-text.js';

/** Who is registered for an event. */
export interface Registrant {
  email: string;
  firstName: string;
  /** Empty when the name comes from one field. */
  lastName: string;
  /** Whether the name comes from another field than the contact's own names. */
  named: boolean;
}

export const registrantOptions = {
  name_field: fieldName("Field with the name, instead of the contact's first and last name").default('FirstName'),
  email_field: fieldName('Field with the e-mail address').default('Email'),
};

/** A field by any name that the contact or the CRM knows it by, as text. */
async function textOf(crm: ContactCrm, name: string): Promise<string> {
  const own = contactField(await crm.contact(), name);
  return fieldText(own === undefined ? await crm.readField(name) : own).trim();
}

const FIRST_NAMES: ReadonlySet<string> = new Set(['FirstName', 'first_name']);

/**
 * Reads name and address of the contact.
 * @throws HelperFailure `missing_email`
 */
export async function registrantOf(
  crm: ContactCrm,
  { name_field: nameField = 'FirstName', email_field: emailField = 'Email' } = {},
): Promise<Registrant> {
  const contact = await crm.contact();
  const email = await textOf(crm, emailField);
  if (email === '') {
    throw new HelperFailure('missing_email', 'give_up', `The contact has no e-mail address in ${emailField}.`);
  }
  const name = FIRST_NAMES.has(nameField) ? '' : await textOf(crm, nameField);
  if (name !== '') return { email, firstName: name, lastName: '', named: true };
  return { email, firstName: contact.first_name, lastName: contact.last_name, named: false };
}
