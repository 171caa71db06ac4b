import type { ConnectionMemory } from '../_kit/connection-memory.js';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import type {
  ContactList,
  CreateContactInput,
  CustomField,
  EmailStats,
  FieldValue,
  NormalizedContact,
  NoteInput,
  PlatformSlug,
  QueryOptions,
  RelatedKind,
  RelatedQuery,
  RelatedRecord,
  Tag,
  UpdateContactInput,
} from '../_kit/contact.js';
import type { Capability, ConnectorMetadata, ConnectorOperation, CrmConnector } from '../_kit/port.js';
import { refuse, rethrowWithContact } from '../_kit/refuse.js';
import { enrol, workflowOf } from './automations.js';
import { listContacts } from './contact-list.js';
import { normalizedContact } from './contact-mapper.js';
import { Contacts } from './contacts.js';
import { emailStats } from './email-stats.js';
import { Lists } from './lists.js';
import { findNote, makeNote } from './notes.js';
import { optIn, optOut } from './opt-in.js';
import { paths } from './paths.js';
import { Properties } from './properties.js';
import { shownValue } from './property-values.js';
import { moveDeal, relatedRecords } from './related.js';

/** HubSpot's CRM API v3 for one run, in HubSpot's own names. The translate layer stands in front of it. */
export class HubspotConnector implements CrmConnector {
  readonly #properties: Properties;
  readonly #contacts: Contacts;
  readonly #lists: Lists;
  readonly #platform: PlatformSlug;

  constructor(
    private readonly client: VendorClient,
    private readonly memory: ConnectionMemory,
    private readonly metadata: ConnectorMetadata,
    private readonly capabilities: readonly Capability[],
  ) {
    this.#properties = new Properties(client, memory);
    this.#contacts = new Contacts(client, this.#properties);
    this.#lists = new Lists(client, memory);
    this.#platform = metadata.platform_slug;
  }

  getContacts(options: QueryOptions): Promise<ContactList> {
    return listContacts(this.client, this.#properties, this.#platform, options);
  }

  async getContact(contactId: string): Promise<NormalizedContact> {
    const operation = 'getContact';
    const contact = await this.#contacts.read(contactId, operation);
    const tags = await this.#lists.tagsOf(contact.id, operation);
    return normalizedContact(contact, this.#platform, await this.#properties.known(operation), tags);
  }

  async createContact(input: CreateContactInput): Promise<NormalizedContact> {
    const operation = 'createContact';
    const { tags = [], ...update } = input;
    const made = await this.#contacts.create(propertiesOf(update));
    for (const tag of tags) await this.#lists.change('add', made.id, tag).catch(rethrowWithContact(made.id));
    const named = await this.#lists.named(tags, operation);
    const hasOwn = Object.keys(input.custom_fields ?? {}).length > 0;
    const catalogue = hasOwn ? await this.#properties.known(operation) : undefined;
    return normalizedContact(made, this.#platform, catalogue, named);
  }

  async updateContact(contactId: string, update: UpdateContactInput): Promise<NormalizedContact> {
    const operation = 'updateContact';
    const values = propertiesOf(update);
    if (Object.keys(values).length > 0) await this.#contacts.write(operation, contactId, values);
    const contact = await this.#contacts.read(contactId, operation);
    return normalizedContact(contact, this.#platform, await this.#properties.known(operation));
  }

  deleteContact(contactId: string): Promise<void> {
    return this.#contacts.remove(contactId);
  }

  getTags(): Promise<Tag[]> {
    return this.#lists.tags();
  }

  applyTag(contactId: string, tag: string): Promise<void> {
    return this.#lists.change('add', contactId, tag);
  }

  removeTag(contactId: string, tag: string): Promise<void> {
    return this.#lists.change('remove', contactId, tag);
  }

  findTag(tag: string, operation: ConnectorOperation): Promise<string | undefined> {
    return this.#lists.find(tag, operation);
  }

  createTag(tag: { name: string }): Promise<Tag> {
    return this.#lists.create(tag.name);
  }

  getCustomFields(): Promise<CustomField[]> {
    return this.#properties.fields();
  }

  async getContactFieldValue(contactId: string, key: string): Promise<FieldValue> {
    const text = await this.#contacts.property(contactId, key);
    const catalogue = await this.#properties.known('getContactFieldValue');
    return shownValue(catalogue?.get(key), text);
  }

  setContactFieldValue(contactId: string, key: string, value: FieldValue): Promise<void> {
    return this.#contacts.write('setContactFieldValue', contactId, { [key]: value });
  }

  async triggerAutomation(contactId: string, automationId: string): Promise<void> {
    const workflow = workflowOf(this.client, automationId);
    const address = await this.#contacts.address(contactId, 'triggerAutomation');
    await enrol(this.client, contactId, address, workflow);
  }

  achieveGoal(): Promise<void> {
    return Promise.reject(refuse(this.#platform, 'achieveGoal', 'unsupported', 'HubSpot has no goals'));
  }

  async testConnection(): Promise<void> {
    await this.client.call<void>({
      operation: 'testConnection',
      method: 'GET',
      path: paths.contacts,
      target: 'contacts',
      query: { limit: 1 },
      repeatable: true,
    });
  }

  getMetadata(): ConnectorMetadata {
    return { ...this.metadata };
  }

  getCapabilities(): Capability[] {
    return [...this.capabilities];
  }

  async setOptInStatus(contactId: string, subscribed: boolean, reason: string): Promise<void> {
    const operation = 'setOptInStatus';
    const address = await this.#contacts.address(contactId, operation);
    if (address === undefined) {
      throw refuse(this.#platform, operation, 'validation', `Contact ${contactId} has no e-mail address`);
    }
    if (subscribed) await optIn(this.client, this.memory, contactId, address, reason);
    else await optOut(this.client, contactId, address);
  }

  createNote(contactId: string, note: NoteInput): Promise<{ id: string }> {
    return makeNote(this.client, contactId, note);
  }

  findNote(contactId: string, note: NoteInput, since: Date): Promise<{ id: string } | null> {
    return findNote(this.client, contactId, note, since);
  }

  getRelated(contactId: string, kind: RelatedKind, query: RelatedQuery): Promise<RelatedRecord[]> {
    return relatedRecords(this.client, contactId, kind, query);
  }

  getEmailStats(address: string): Promise<EmailStats> {
    return emailStats(this.client, address);
  }

  updateRelated(_kind: 'lead', id: string, change: { StageID: string }): Promise<void> {
    return moveDeal(this.client, id, change.StageID);
  }
}

function propertiesOf({ first_name, last_name, email, phone, company, custom_fields }: UpdateContactInput) {
  const named = { firstname: first_name, lastname: last_name, email, phone, company };
  const given = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(given), ...custom_fields };
}
