import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { ConnectorError } from '../_kit/connector-error.js';
import type { CreateContactInput, FieldValue } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { refuse, rethrowWithContact } from '../_kit/refuse.js';
import { contactBody, valuesOf, type ContactBody } from './contact-body.js';
import { isReadOnly, WRITABLE } from './contact-fields.js';
import { customValue } from './contact-values.js';
import { mustSucceed } from './outcome.js';
import { ContactAnswer, Outcome, UpdateAnswer, type GhlContact } from './schemas.js';

export async function readContact(
  client: VendorClient,
  contactId: string,
  operation: ConnectorOperation,
): Promise<GhlContact> {
  const { contact } = await client.call({
    operation,
    method: 'GET',
    path: path`/contacts/${contactId}`,
    target: `contacts/${contactId}`,
    repeatable: true,
    answer: ContactAnswer,
  });
  return contact;
}

/** One call, tags included: the vendor takes their names. */
export async function makeContact(client: VendorClient, input: CreateContactInput): Promise<GhlContact> {
  const values = valuesOf(input);
  refuseReadOnly(client, 'createContact', values);
  const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== null));
  const tags = input.tags ?? [];
  const { contact } = await client.call({
    operation: 'createContact',
    method: 'POST',
    path: path`/contacts/`,
    target: 'contacts',
    json: { locationId: client.accountId, ...contactBody(filled), ...(tags.length > 0 && { tags }) },
    repeatable: false,
    answer: ContactAnswer,
  });
  const lost = lostField(filled, contact);
  if (lost !== undefined) rethrowWithContact(contact.id)(noSuchField(client, 'createContact', lost));
  return contact;
}

/**
 * Changes what the body names and nothing else.
 * @returns the contact as the vendor answers it; undefined when the answer does not show it
 */
export async function putContact(
  client: VendorClient,
  operation: ConnectorOperation,
  contactId: string,
  body: ContactBody,
): Promise<GhlContact | undefined> {
  const answer = await client.call({
    operation,
    method: 'PUT',
    path: path`/contacts/${contactId}`,
    target: `contacts/${contactId}`,
    json: body,
    repeatable: true,
    answer: UpdateAnswer,
  });
  mustSucceed(client, operation, answer);
  return answer.contact ?? undefined;
}

/** Sets fields by the vendor's keys, in one call. */
export async function writeFields(
  client: VendorClient,
  operation: ConnectorOperation,
  contactId: string,
  values: Readonly<Record<string, FieldValue>>,
): Promise<GhlContact | undefined> {
  refuseReadOnly(client, operation, values);
  const contact = await putContact(client, operation, contactId, contactBody(values));
  const lost = lostField(values, contact);
  if (lost !== undefined) throw noSuchField(client, operation, lost);
  return contact;
}

export async function deleteContact(client: VendorClient, contactId: string): Promise<void> {
  const outcome = await client.call({
    operation: 'deleteContact',
    method: 'DELETE',
    path: path`/contacts/${contactId}`,
    target: `contacts/${contactId}`,
    repeatable: true,
    answer: Outcome,
  });
  mustSucceed(client, 'deleteContact', outcome);
}

/** The vendor drops values of fields that it does not know and says that it succeeded; its answer shows what it keeps. */
function lostField(values: Readonly<Record<string, FieldValue>>, contact: GhlContact | undefined): string | undefined {
  const kept = contact?.customFields;
  if (kept === undefined || kept === null) return undefined;
  const ids = new Set(kept.map(({ id }) => id));
  return Object.keys(values).find((key) => !WRITABLE.has(key) && customValue(values[key]) !== null && !ids.has(key));
}

function noSuchField(client: VendorClient, operation: ConnectorOperation, key: string): ConnectorError {
  const message = `GoHighLevel keeps no field ${key} for contacts: check the field’s name in the location’s settings`;
  return refuse(client.platform, operation, 'validation', message, true);
}

function refuseReadOnly(client: VendorClient, operation: ConnectorOperation, values: object): void {
  const readOnly = Object.keys(values).find(isReadOnly);
  if (readOnly === undefined) return;
  throw refuse(client.platform, operation, 'validation', `${readOnly} cannot be changed`);
}
