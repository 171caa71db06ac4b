import { ContactCache } from '../_kit/contact-cache.js';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { FieldValue } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';
import { readBatch } from './batch.js';
import { emailOf, READ_WITH_EVERY_CONTACT, wantedProperties } from './contact-mapper.js';
import { paths } from './paths.js';
import { isReadOnly, type Properties, type PropertyCatalogue } from './properties.js';
import { storedValue } from './property-values.js';
import { HubspotObject, type HubspotContact } from './schemas.js';

/** Longer lists of properties do not fit into an address; batches carry them in the body. */
export const LONGEST_PROPERTY_LIST = 6000;

const READ_ONLY: ReadonlySet<string> = new Set(['id', 'hs_object_id', 'createdate', 'lastmodifieddate']);
const PLAIN_TEXTS: ReadonlySet<string> = new Set(
  READ_WITH_EVERY_CONTACT.slice(0, READ_WITH_EVERY_CONTACT.indexOf('hubspot_owner_id')),
);

/** The contacts that one run reads and changes. */
export class Contacts {
  readonly #cache = new ContactCache<HubspotContact>();
  /** Contacts of which nothing but the address was read. */
  readonly #addressed = new ContactCache<HubspotContact>();

  constructor(
    private readonly client: VendorClient,
    private readonly properties: Properties,
  ) {}

  read(contactId: string, operation: ConnectorOperation): Promise<HubspotContact> {
    return this.#cache.get(contactId, async () => {
      // Nothing is asked for on behalf of an id that is none.
      const catalogue = paths.contact(contactId).safe ? await this.properties.known(operation) : undefined;
      return readContact(this.client, operation, contactId, wantedProperties(catalogue));
    });
  }

  /** The text of a property; one that does not come with every contact is asked for by itself. */
  async property(contactId: string, name: string): Promise<string | null | undefined> {
    const operation = 'getContactFieldValue';
    const contact = await this.read(contactId, operation);
    if (name === 'id') return contact.id;
    if (Object.hasOwn(contact.properties, name)) return contact.properties[name];
    const catalogue = await this.properties.known(operation);
    if (catalogue !== undefined && catalogue.get(name) === undefined) return null;
    const { properties } = await readContact(this.client, operation, contactId, [name]);
    this.#cache.put({ ...contact, properties: { ...contact.properties, [name]: null, ...properties } });
    return properties[name];
  }

  /** The address alone, for the services of the vendor's that know contacts by nothing else. */
  async address(contactId: string, operation: ConnectorOperation): Promise<string | undefined> {
    const known = await this.#cache.known(contactId);
    const read = () => readContact(this.client, operation, contactId, ['email']);
    return emailOf(known ?? (await this.#addressed.get(contactId, read)));
  }

  async create(values: Readonly<Record<string, FieldValue>>): Promise<HubspotContact> {
    const filled = Object.entries(values).filter(([, value]) => value !== '' && value !== null);
    const properties = await this.#stored('createContact', Object.fromEntries(filled));
    return this.#aboutProperties(() =>
      this.client.call({
        operation: 'createContact',
        method: 'POST',
        path: paths.contacts,
        target: 'contacts',
        json: { properties },
        repeatable: false,
        answer: HubspotObject,
      }),
    );
  }

  /** Changes several properties in one call. The answer holds no others, so what is known of the contact is kept. */
  async write(
    operation: ConnectorOperation,
    contactId: string,
    values: Readonly<Record<string, FieldValue>>,
  ): Promise<void> {
    const sent = await this.#stored(operation, values);
    const before = await this.#cache.known(contactId);
    this.#drop(contactId);
    const after = await this.#aboutProperties(() =>
      this.client.call({
        operation,
        method: 'PATCH',
        path: paths.contact(contactId),
        target: `contacts/${contactId}`,
        json: { properties: sent },
        repeatable: true,
        answer: HubspotObject,
      }),
    );
    if (before === undefined || before.id !== after.id) return;
    this.#cache.put({ ...before, ...after, properties: { ...before.properties, ...sent, ...after.properties } });
  }

  /** Archives: the vendor keeps the contact for 90 days, in which people can restore it. */
  async remove(contactId: string): Promise<void> {
    await this.client.call<void>({
      operation: 'deleteContact',
      method: 'DELETE',
      path: paths.contact(contactId),
      target: `contacts/${contactId}`,
      repeatable: true,
    });
    this.#drop(contactId);
  }

  #drop(contactId: string): void {
    this.#cache.drop(contactId);
    this.#addressed.drop(contactId);
  }

  /** The texts to send. The catalogue is asked only where a value may need it. */
  async #stored(
    operation: ConnectorOperation,
    values: Readonly<Record<string, FieldValue>>,
  ): Promise<Record<string, string>> {
    const names = Object.keys(values);
    const catalogue = names.every((name) => PLAIN_TEXTS.has(name)) ? undefined : await this.properties.known(operation);
    const readOnly = names.find((name) => READ_ONLY.has(name) || isReadOnlyIn(catalogue, name));
    if (readOnly !== undefined) {
      throw refuse(this.client.platform, operation, 'validation', `${readOnly} cannot be changed`);
    }
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, storedValue(catalogue?.get(name), value)]),
    );
  }

  /** A property that the vendor does not take any more may be one that we only remember. */
  async #aboutProperties<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isConnectorError(error) && error.kind === 'validation') this.properties.forget();
      throw error;
    }
  }
}

function isReadOnlyIn(catalogue: PropertyCatalogue | undefined, name: string): boolean {
  const property = catalogue?.get(name);
  return property !== undefined && isReadOnly(property);
}

/** One contact with the properties asked for. */
export async function readContact(
  client: VendorClient,
  operation: ConnectorOperation,
  contactId: string,
  properties: readonly string[],
): Promise<HubspotContact> {
  const list = properties.join(',');
  if (list.length > LONGEST_PROPERTY_LIST) {
    const [contact] = await readBatch(client, operation, paths.contactBatch, [contactId], properties);
    if (contact !== undefined) return contact;
    throw refuse(client.platform, operation, 'not_found', `Contact ${contactId} does not exist`, true);
  }
  return client.call({
    operation,
    method: 'GET',
    path: paths.contact(contactId),
    target: `contacts/${contactId}`,
    query: { properties: list },
    repeatable: true,
    answer: HubspotObject,
  });
}
