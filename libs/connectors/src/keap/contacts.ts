import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { CreateContactInput, FieldValue, UpdateContactInput } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { companyIdForWrite } from './companies.js';
import { isReadOnly } from './contact-fields.js';
import { CONTACT_FIELDS } from './contact-mapper.js';
import { contactPatch, needsContact } from './contact-patch.js';
import { refuse } from '../_kit/refuse.js';
import { KeapContact } from './schemas.js';

export function readContact(
  client: VendorClient,
  contactId: string,
  operation: ConnectorOperation,
): Promise<KeapContact> {
  return client.call({
    operation,
    method: 'GET',
    path: path`/contacts/${contactId}`,
    target: `contacts/${contactId}`,
    query: { fields: CONTACT_FIELDS },
    repeatable: true,
    answer: KeapContact,
  });
}

/**
 * Sets fields of a contact by Keap's keys and answers the contact as it is afterwards.
 * @param current reads the contact; asked only when a list has to be written back as a whole
 */
export async function writeFields(
  client: VendorClient,
  operation: ConnectorOperation,
  contactId: string,
  values: Readonly<Record<string, FieldValue>>,
  current: () => Promise<KeapContact>,
): Promise<KeapContact> {
  const keys = Object.keys(values);
  const readOnly = keys.find(isReadOnly);
  if (readOnly !== undefined) throw refuse(client.platform, operation, 'validation', `${readOnly} cannot be changed`);
  const company = values['company'];
  const [contact, companyId] = [
    keys.some(needsContact) ? await current() : undefined,
    typeof company === 'string' && company !== '' ? await companyIdForWrite(client, operation, company) : undefined,
  ];
  const { mask, body } = contactPatch(values, contact, companyId);
  return client.call({
    operation,
    method: 'PATCH',
    path: path`/contacts/${contactId}`,
    target: `contacts/${contactId}`,
    query: { update_mask: mask.join(','), fields: CONTACT_FIELDS },
    json: body,
    repeatable: true,
    answer: KeapContact,
  });
}

/** The fields of an update by Keap's keys. */
export function fieldsOfUpdate(update: UpdateContactInput): Record<string, FieldValue> {
  const { first_name, last_name, email, phone, company, custom_fields } = update;
  const named = { given_name: first_name, family_name: last_name, email, phone, company };
  return { ...withoutUndefined(named), ...custom_fields };
}

/** Makes a contact. Keap makes a second one for the same address without a word. */
export async function makeContact(client: VendorClient, input: CreateContactInput): Promise<KeapContact> {
  if (input.email === '' && (input.phone ?? '') === '') {
    const message = 'A contact needs an e-mail address or a phone number';
    throw refuse(client.platform, 'createContact', 'validation', message);
  }
  const { tags: _tags, ...fields } = input;
  const values = Object.fromEntries(
    Object.entries(fieldsOfUpdate(fields)).filter(([, value]) => value !== '' && value !== null),
  );
  const company = values['company'];
  const companyId = typeof company === 'string' ? await companyIdForWrite(client, 'createContact', company) : undefined;
  const { body } = contactPatch(values, undefined, companyId);
  return client.call({
    operation: 'createContact',
    method: 'POST',
    path: path`/contacts`,
    target: 'contacts',
    query: { fields: CONTACT_FIELDS },
    json: body,
    repeatable: false,
    answer: KeapContact,
  });
}

function withoutUndefined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
