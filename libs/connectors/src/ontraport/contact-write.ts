import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { FieldValue, UpdateContactInput } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';
import type { AccountField, FieldList } from './account-fields.js';
import { BIRTHDAY, PLAIN, SMS_NUMBER, whyReadOnly } from './contact-fields.js';
import type { OntraportRecord } from './schemas.js';
import { smsNumber, storedDay, storedText, type Unwritable } from './values.js';

/** The fields of an update by Ontraport's keys. */
export function fieldsOfUpdate(update: UpdateContactInput): Record<string, FieldValue> {
  const { first_name, last_name, email, phone, company, custom_fields } = update;
  const named = { firstname: first_name, lastname: last_name, email, office_phone: phone, company };
  const given = Object.entries(named).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return { ...Object.fromEntries(given), ...custom_fields };
}

/**
 * Values as Ontraport stores them. Keys that it does not know it would ignore without a word, so each key is looked up
 * among the account's fields unless every account has it.
 * @throws ConnectorError `validation` that says which field cannot be set to what, before anything is written
 */
export async function storedFields(
  client: VendorClient,
  operation: ConnectorOperation,
  values: Readonly<Record<string, FieldValue>>,
  fields: FieldList,
): Promise<OntraportRecord> {
  const stored: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) {
    const reason = whyReadOnly(key);
    if (reason !== undefined) throw refuse(client.platform, operation, 'validation', reason);
    const text = await storedValue(key, value, fields);
    if (typeof text !== 'string') {
      throw refuse(client.platform, operation, 'validation', `Ontraport cannot set ${key}: ${text.problem}`);
    }
    stored[key] = text;
  }
  return stored;
}

async function storedValue(key: string, value: FieldValue, fields: FieldList): Promise<string | Unwritable> {
  if (PLAIN.has(key)) return storedText(undefined, value);
  if (key === BIRTHDAY) return storedDay(value);
  if (key === SMS_NUMBER) return smsNumber(value === null ? '' : String(value));
  const text = storedIn(await fields.find(key), value);
  // An option may have been added since the list was read.
  return typeof text === 'string' ? text : storedIn((await fields.recent()).get(key), value);
}

function storedIn(field: AccountField | undefined, value: FieldValue): string | Unwritable {
  if (field === undefined) return { problem: 'there is no such field' };
  return field.editable ? storedText(field, value) : { problem: 'it cannot be changed' };
}
