import type { CreateContactInput, FieldValue, UpdateContactInput } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';
import { isFieldId, isOfAccount, isReadOnly, isWritable } from './contact-fields.js';
import { valueText } from './contact-record.js';

/** Properties and custom values of a contact in the vendor's form: one request writes them all. */
export interface ContactChange {
  properties: Record<string, string>;
  values: Record<string, string>;
}

/** @throws ConnectorError `validation` for a key that cannot be written */
export function contactChange(
  platform: string,
  operation: ConnectorOperation,
  fields: Readonly<Record<string, FieldValue>>,
): ContactChange {
  const change: ContactChange = { properties: {}, values: {} };
  for (const [key, value] of Object.entries(fields)) {
    if (isOfAccount(key)) continue;
    if (isReadOnly(key)) throw refuse(platform, operation, 'validation', `${key} cannot be changed`);
    if (isWritable(key)) change.properties[key] = valueText(value);
    else if (isFieldId(key)) change.values[key] = valueText(value);
    else throw refuse(platform, operation, 'validation', 'ActiveCampaign has no field of this name');
  }
  return change;
}

export function isEmptyChange({ properties, values }: ContactChange): boolean {
  return Object.keys(properties).length === 0 && Object.keys(values).length === 0;
}

/** The fields of an update by the vendor's keys. */
export function fieldsOfUpdate(update: UpdateContactInput): Record<string, FieldValue> {
  const { first_name, last_name, email, phone, company, custom_fields } = update;
  const named = { firstName: first_name, lastName: last_name, email, phone, orgname: company };
  const given = Object.entries(named).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return { ...Object.fromEntries(given), ...custom_fields };
}

/** The fields of a new contact by the vendor's keys, without those that are empty. */
export function fieldsOfCreation({ tags: _tags, ...input }: CreateContactInput): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(fieldsOfUpdate(input)).filter(([, value]) => value !== '' && value !== null),
  );
}
