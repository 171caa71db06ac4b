import type { FieldValue } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { accountChange, changeAccount } from './accounts.js';
import type { Caller } from './caller.js';
import { contactChange, isEmptyChange } from './contact-change.js';
import { isOfAccount } from './contact-fields.js';
import type { ContactRecord } from './contact-record.js';
import { putContact } from './contacts.js';
import type { AcContact } from './schemas.js';

export interface Current {
  /** The contact if this run has read it already. */
  known: ContactRecord | undefined;
  read: () => Promise<ContactRecord>;
}

export interface Written {
  /** The contact as it is now; undefined where nobody has read it. */
  record: ContactRecord | undefined;
  /** What the vendor answered; undefined where only the company changed. */
  contact: AcContact | undefined;
}

/**
 * Sets fields of a contact by the vendor's keys: all properties and custom values in one request, without reading
 * anything. Company and job title live elsewhere; for them the contact must be known. They come first, because they
 * can be refused here.
 */
export async function writeFields(
  client: Caller,
  operation: ConnectorOperation,
  contactId: string,
  fields: Readonly<Record<string, FieldValue>>,
  current: Current,
): Promise<Written> {
  const change = contactChange(client.platform, operation, fields);
  let record = current.known;
  if (Object.keys(fields).some(isOfAccount)) {
    record = await current.read();
    const account = await changeAccount(client, operation, contactId, record.account, accountChange(fields));
    record = { ...record, account };
  }
  if (isEmptyChange(change)) return { record, contact: undefined };
  const contact = await putContact(client, operation, contactId, change);
  return {
    contact,
    record: record && {
      ...record,
      contact: { ...record.contact, ...contact },
      values: record.values && { ...record.values, ...change.values },
    },
  };
}
