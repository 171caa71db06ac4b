import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { ConnectionMemory } from '../_kit/connection-memory.js';
import { ContactCache } from '../_kit/contact-cache.js';
import type {
  ContactList,
  CreateContactInput,
  CustomField,
  FieldValue,
  NormalizedContact,
  NoteInput,
  PlatformSlug,
  QueryOptions,
  Tag,
  UpdateContactInput,
} from '../_kit/contact.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { Capability, ConnectorMetadata, ConnectorOperation, CrmConnector } from '../_kit/port.js';
import { refuse, rethrowWithContact } from '../_kit/refuse.js';
import { customFieldsOf, FieldList, type AccountFields } from './account-fields.js';
import { addToAutomation } from './automations.js';
import { listContacts } from './contact-list.js';
import { needsFields } from './contact-fields.js';
import { fieldOf, hasAccountFields, normalizedContact } from './contact-mapper.js';
import { fieldsOfUpdate, storedFields } from './contact-write.js';
import { changeContact, deleteContact, makeContact, readContact } from './contacts.js';
import { delimited, partsOf } from './delimited.js';
import { findNote, makeNote } from './notes.js';
import { PATHS, tell } from './objects.js';
import { consentToWrite, whyNotOptedIn } from './opt-in.js';
import type { OntraportContact, OntraportRecord } from './schemas.js';
import { addTags, allTags, makeTag, removeTags } from './tags.js';

/** Ontraport's API in its own keys and ids, for one run. The translate layer stands in front of it. */
export class OntraportConnector implements CrmConnector {
  readonly #contacts = new ContactCache<OntraportContact>();
  readonly #fields: FieldList;
  readonly #platform: PlatformSlug;

  constructor(
    private readonly client: VendorClient,
    private readonly memory: ConnectionMemory,
    private readonly metadata: ConnectorMetadata,
    private readonly capabilities: readonly Capability[],
  ) {
    this.#platform = metadata.platform_slug;
    this.#fields = new FieldList(client, memory);
  }

  getContacts(options: QueryOptions): Promise<ContactList> {
    return listContacts(this.client, this.#platform, options, this.#fields);
  }

  async getContact(contactId: string): Promise<NormalizedContact> {
    return this.#normalized(await this.#read(contactId, 'getContact'));
  }

  async createContact(input: CreateContactInput): Promise<NormalizedContact> {
    const operation = 'createContact';
    const { tags = [], ...fields } = input;
    const given = Object.entries(fieldsOfUpdate(fields)).filter(([, value]) => value !== '' && value !== null);
    if (given.length === 0) throw refuse(this.#platform, operation, 'validation', 'A contact needs at least one value');
    const stored = await storedFields(this.client, operation, Object.fromEntries(given), this.#fields);
    const made = await makeContact(this.client, stored);
    if (tags.length > 0) {
      await addTags(this.client, operation, made.id, tags).catch(rethrowWithContact(made.id));
    }
    return this.#normalized({ ...made, contact_cat: delimited(tags) });
  }

  async updateContact(contactId: string, update: UpdateContactInput): Promise<NormalizedContact> {
    const operation = 'updateContact';
    const values = fieldsOfUpdate(update);
    if (Object.keys(values).length > 0) await this.#write(operation, contactId, values);
    return this.#normalized(await this.#read(contactId, operation));
  }

  async deleteContact(contactId: string): Promise<void> {
    await deleteContact(this.client, contactId);
    this.#contacts.drop(contactId);
  }

  getTags(): Promise<Tag[]> {
    return allTags(this.client);
  }

  async applyTag(contactId: string, tag: string): Promise<void> {
    const contact = await this.#read(contactId, 'applyTag');
    await addTags(this.client, 'applyTag', contactId, [tag]);
    this.#keep(contact, { contact_cat: delimited([...new Set([...partsOf(contact['contact_cat']), tag])]) });
  }

  async removeTag(contactId: string, tag: string): Promise<void> {
    const contact = await this.#read(contactId, 'removeTag');
    await removeTags(this.client, contactId, [tag]);
    this.#keep(contact, { contact_cat: delimited(partsOf(contact['contact_cat']).filter((id) => id !== tag)) });
  }

  async getCustomFields(): Promise<CustomField[]> {
    return customFieldsOf(await this.#fields.recent());
  }

  async getContactFieldValue(contactId: string, key: string): Promise<FieldValue> {
    const contact = await this.#read(contactId, 'getContactFieldValue');
    return fieldOf(contact, key, needsFields(key) ? await this.#fields.forReading() : undefined);
  }

  async setContactFieldValue(contactId: string, key: string, value: FieldValue): Promise<void> {
    await this.#write('setContactFieldValue', contactId, { [key]: value });
  }

  async triggerAutomation(contactId: string, automationId: string): Promise<void> {
    await addToAutomation(this.client, this.memory, contactId, automationId, () =>
      this.#read(contactId, 'triggerAutomation'),
    );
  }

  achieveGoal(): Promise<void> {
    const message = 'Ontraport has no goals to achieve from outside';
    return Promise.reject(refuse(this.#platform, 'achieveGoal', 'unsupported', message));
  }

  testConnection(): Promise<void> {
    const operation = 'testConnection';
    return tell(this.client, { operation, method: 'GET', path: PATHS.probe, target: 'contacts', repeatable: true });
  }

  getMetadata(): ConnectorMetadata {
    return { ...this.metadata };
  }

  getCapabilities(): Capability[] {
    return [...this.capabilities];
  }

  async setOptInStatus(contactId: string, optIn: boolean, _reason: string): Promise<void> {
    const operation = 'setOptInStatus';
    const { bulk_mail: state } = await this.#read(contactId, operation);
    const obstacle = optIn ? whyNotOptedIn(state) : undefined;
    if (obstacle !== undefined) throw refuse(this.#platform, operation, 'validation', obstacle);
    const consent = consentToWrite(state, optIn);
    if (consent === undefined) return;
    const changed = await this.#change(operation, contactId, consent);
    const after = changed['bulk_mail'] ?? (await readContact(this.client, contactId, operation))['bulk_mail'] ?? '';
    if (after === consent.bulk_mail) return;
    const message = `Ontraport keeps the contact ${optIn ? 'opted out' : 'opted in'} (${after})`;
    throw refuse(this.#platform, operation, 'validation', message, true);
  }

  async createNote(contactId: string, note: NoteInput): Promise<{ id: string }> {
    await this.#read(contactId, 'createNote');
    return makeNote(this.client, contactId, note);
  }

  findNote(contactId: string, note: NoteInput, since: Date): Promise<{ id: string } | null> {
    return findNote(this.client, contactId, note, since);
  }

  createTag(tag: { name: string; description?: string; category?: string }): Promise<Tag> {
    return makeTag(this.client, tag);
  }

  /**
   * Also tells that the contact exists: tags, automations and notes for a contact that does not are accepted, and
   * nothing becomes of them.
   */
  #read(contactId: string, operation: ConnectorOperation): Promise<OntraportContact> {
    return this.#contacts.get(contactId, () => readContact(this.client, contactId, operation));
  }

  async #write(
    operation: ConnectorOperation,
    contactId: string,
    values: Readonly<Record<string, FieldValue>>,
  ): Promise<void> {
    await this.#change(operation, contactId, await storedFields(this.client, operation, values, this.#fields));
  }

  /** What a write changed completes a contact that was read before, so that it need not be read again. */
  async #change(operation: ConnectorOperation, contactId: string, stored: OntraportRecord): Promise<OntraportRecord> {
    try {
      const changed = await changeContact(this.client, operation, contactId, stored);
      const known = await this.#contacts.known(contactId);
      if (known !== undefined) this.#keep(known, { ...stored, ...changed });
      return changed;
    } catch (error) {
      if (isConnectorError(error)) this.#contacts.drop(contactId);
      throw error;
    }
  }

  #keep(contact: OntraportContact, changes: OntraportRecord): void {
    this.#contacts.put({ ...contact, ...changes, id: contact.id });
  }

  async #normalized(contact: OntraportContact): Promise<NormalizedContact> {
    const fields: AccountFields = hasAccountFields(contact) ? await this.#fields.forReading() : new Map();
    return normalizedContact(contact, fields, this.#platform);
  }
}
