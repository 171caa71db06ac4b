import { path } from '../_kit/call/vendor-path.js';
import { ConnectorError, isConnectorError } from '../_kit/connector-error.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { accountName } from './accounts.js';
import type { Caller } from './caller.js';
import type { ContactChange } from './contact-change.js';
import { contactRecord, INCLUDED, type ContactRecord } from './contact-record.js';
import { ContactAnswer, ContactPage, WrittenContact, type AcContact } from './schemas.js';
import { tagsOf } from './tags.js';

/** A contact with all that the vendor tells beside it. */
export async function readContact(
  client: Caller,
  contactId: string,
  operation: ConnectorOperation,
): Promise<ContactRecord> {
  const { contact, ...loaded } = await client.call({
    operation,
    method: 'GET',
    path: path`/contacts/${contactId}`,
    target: `contacts/${contactId}`,
    query: { include: INCLUDED },
    repeatable: true,
    answer: ContactAnswer,
  });
  return contactRecord(contact, loaded);
}

/** The contact with its tags, asked for where they did not come with it. */
export async function withTags(
  client: Caller,
  record: ContactRecord,
  operation: ConnectorOperation,
): Promise<ContactRecord> {
  return record.tags === undefined ? { ...record, tags: await tagsOf(client, record.id, operation) } : record;
}

/** The contact with the name of its company, asked for where only the id came with it. */
export async function withCompany(
  client: Caller,
  record: ContactRecord,
  operation: ConnectorOperation,
): Promise<ContactRecord> {
  const { account } = record;
  if (account === undefined || account.name !== undefined) return record;
  return { ...record, account: { ...account, name: await accountName(client, operation, account.accountId) } };
}

/** Changes what is named and nothing else. */
export async function putContact(
  client: Caller,
  operation: ConnectorOperation,
  contactId: string,
  change: ContactChange,
): Promise<AcContact> {
  const { contact } = await client.call({
    operation,
    method: 'PUT',
    path: path`/contacts/${contactId}`,
    target: `contacts/${contactId}`,
    json: { contact: bodyOf(change) },
    repeatable: true,
    answer: WrittenContact,
  });
  return contact;
}

/**
 * Makes a contact. The vendor could also make or change one in a single call; that would write over a contact whom the
 * caller does not know of.
 * @throws ConnectorError `conflict` with the id of the contact that has this address
 */
export async function postContact(client: Caller, change: ContactChange): Promise<AcContact> {
  try {
    const { contact } = await client.call({
      operation: 'createContact',
      method: 'POST',
      path: path`/contacts`,
      target: 'contacts',
      json: { contact: bodyOf(change) },
      repeatable: false,
      answer: WrittenContact,
    });
    return contact;
  } catch (error) {
    if (!isConnectorError(error) || error.kind !== 'conflict') throw error;
    const existingId = await contactIdOf(client, change.properties['email'] ?? '');
    if (existingId === undefined) throw error;
    const { kind, platform, message, status, operation = 'createContact' } = error;
    throw new ConnectorError({ kind, platform, message, status, operation, existingId, cause: error });
  }
}

/** Undefined when it cannot be found out: the conflict is what the caller must hear of. */
async function contactIdOf(client: Caller, email: string): Promise<string | undefined> {
  try {
    const { contacts } = await client.call({
      operation: 'createContact',
      method: 'GET',
      path: path`/contacts`,
      target: 'contacts',
      query: { email },
      repeatable: true,
      answer: ContactPage,
    });
    return contacts.find((contact) => contact.email?.toLowerCase() === email.toLowerCase())?.id;
  } catch (error) {
    if (isConnectorError(error)) return undefined;
    throw error;
  }
}

function bodyOf({ properties, values }: ContactChange): Record<string, unknown> {
  const fieldValues = Object.entries(values).map(([field, value]) => ({ field, value }));
  return { ...properties, ...(fieldValues.length === 0 ? {} : { fieldValues }) };
}
