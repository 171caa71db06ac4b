import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';
import { ask, OBJECT, PATHS, recordNumber, tell } from './objects.js';
import { Attributes, Changed, type OntraportContact, type OntraportRecord } from './schemas.js';

const CONTACT = 'contact';

/** @throws ConnectorError `validation` for what cannot be a contact's id */
export function contactNumber(client: VendorClient, operation: ConnectorOperation, contactId: string): string {
  return recordNumber(client, operation, CONTACT, contactId);
}

export async function readContact(
  client: VendorClient,
  contactId: string,
  operation: ConnectorOperation,
): Promise<OntraportContact> {
  const id = contactNumber(client, operation, contactId);
  const { data } = await ask(
    client,
    {
      operation,
      method: 'GET',
      path: PATHS.one,
      target: `contacts/${id}`,
      query: { objectID: OBJECT.contact, id },
      repeatable: true,
    },
    Attributes,
  );
  // Beside its 404 the vendor may answer an object without members.
  if (data['id'] === undefined) {
    throw refuse(client.platform, operation, 'not_found', `Contact ${id} does not exist`, true);
  }
  return { ...data, id: data['id'] };
}

/** Sets attributes. @returns what was changed: the vendor tells nothing else of the contact */
export async function changeContact(
  client: VendorClient,
  operation: ConnectorOperation,
  contactId: string,
  stored: OntraportRecord,
): Promise<OntraportRecord> {
  const id = contactNumber(client, operation, contactId);
  const { data } = await ask(
    client,
    {
      operation,
      method: 'PUT',
      path: PATHS.many,
      target: `contacts/${id}`,
      json: { ...stored, objectID: OBJECT.contact, id },
      repeatable: true,
    },
    Changed,
  );
  return data.attrs;
}

/**
 * Makes a contact. Ontraport makes a second one for the same address without a word; its other way of creating would
 * write over the first one's fields instead.
 */
export async function makeContact(client: VendorClient, stored: OntraportRecord): Promise<OntraportContact> {
  const operation = 'createContact';
  const { data } = await ask(
    client,
    {
      operation,
      method: 'POST',
      path: PATHS.many,
      target: 'contacts',
      json: { ...stored, objectID: OBJECT.contact },
      repeatable: false,
    },
    Attributes,
  );
  const id = data['id'] ?? '';
  if (id === '') {
    throw refuse(client.platform, operation, 'protocol', 'Ontraport does not name the contact it made', true);
  }
  // The answer holds what was sent and little more.
  return { ...stored, ...data, id };
}

/** One contact by its id. */
export async function deleteContact(client: VendorClient, contactId: string): Promise<void> {
  const operation = 'deleteContact';
  const id = contactNumber(client, operation, contactId);
  await tell(client, {
    operation,
    method: 'DELETE',
    path: PATHS.one,
    target: `contacts/${id}`,
    query: { objectID: OBJECT.contact, id },
    repeatable: true,
  });
}
