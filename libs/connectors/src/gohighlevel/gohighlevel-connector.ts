import type { VendorClient } from '../_kit/call/vendor-client.js';
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
  RelatedKind,
  RelatedQuery,
  RelatedRecord,
  Tag,
  UpdateContactInput,
} from '../_kit/contact.js';
import type { Capability, ConnectorMetadata, ConnectorOperation, CrmConnector } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';
import { valuesOf } from './contact-body.js';
import { fieldOf } from './contact-fields.js';
import { listContacts } from './contact-list.js';
import { normalizedContact } from './contact-mapper.js';
import { deleteContact, makeContact, readContact, writeFields } from './contacts.js';
import { customFields } from './custom-fields.js';
import { checkLocation } from './location.js';
import { findNote, makeNote } from './notes.js';
import { moveOpportunity, relatedRecords } from './opportunities.js';
import { setOptIn } from './opt-in.js';
import type { GhlContact } from './schemas.js';
import { allTags, applyTag, makeTag, removeTag } from './tags.js';
import { addToWorkflow } from './workflows.js';

/** GoHighLevel's API v2 in its own keys and tag names, for one run. The translate layer stands in front of it. */
export class GohighlevelConnector implements CrmConnector {
  readonly #contacts = new ContactCache<GhlContact>();
  readonly #platform: PlatformSlug;

  constructor(
    private readonly client: VendorClient,
    private readonly metadata: ConnectorMetadata,
    private readonly capabilities: readonly Capability[],
  ) {
    this.#platform = metadata.platform_slug;
  }

  getContacts(options: QueryOptions): Promise<ContactList> {
    return listContacts(this.client, this.#platform, options);
  }

  async getContact(contactId: string): Promise<NormalizedContact> {
    return normalizedContact(await this.#read(contactId, 'getContact'), this.#platform);
  }

  async createContact(input: CreateContactInput): Promise<NormalizedContact> {
    const made = await makeContact(this.client, input);
    this.#contacts.put(made);
    return normalizedContact(made, this.#platform);
  }

  async updateContact(contactId: string, update: UpdateContactInput): Promise<NormalizedContact> {
    const values = valuesOf(update);
    if (Object.keys(values).length > 0) await this.#write('updateContact', contactId, values);
    return normalizedContact(await this.#read(contactId, 'updateContact'), this.#platform);
  }

  async deleteContact(contactId: string): Promise<void> {
    await deleteContact(this.client, contactId);
    this.#contacts.drop(contactId);
  }

  getTags(): Promise<Tag[]> {
    return allTags(this.client);
  }

  async applyTag(contactId: string, tag: string): Promise<void> {
    await applyTag(this.client, contactId, tag);
    await this.#retag(contactId, (names) => [...names.filter((name) => name !== tag), tag]);
  }

  async removeTag(contactId: string, tag: string): Promise<void> {
    await removeTag(this.client, contactId, tag);
    await this.#retag(contactId, (names) => names.filter((name) => name !== tag));
  }

  getCustomFields(): Promise<CustomField[]> {
    return customFields(this.client);
  }

  async getContactFieldValue(contactId: string, key: string): Promise<FieldValue> {
    return fieldOf(await this.#read(contactId, 'getContactFieldValue'), key);
  }

  async setContactFieldValue(contactId: string, key: string, value: FieldValue): Promise<void> {
    await this.#write('setContactFieldValue', contactId, { [key]: value });
  }

  triggerAutomation(contactId: string, automationId: string): Promise<void> {
    return addToWorkflow(this.client, contactId, automationId);
  }

  achieveGoal(): Promise<void> {
    const message = 'GoHighLevel has no goals: start a workflow instead';
    return Promise.reject(refuse(this.#platform, 'achieveGoal', 'unsupported', message));
  }

  testConnection(): Promise<void> {
    return checkLocation(this.client);
  }

  getMetadata(): ConnectorMetadata {
    return { ...this.metadata };
  }

  getCapabilities(): Capability[] {
    return [...this.capabilities];
  }

  async setOptInStatus(contactId: string, optIn: boolean, reason: string): Promise<void> {
    await this.#changed(contactId, () => setOptIn(this.client, contactId, optIn, reason));
  }

  createNote(contactId: string, note: NoteInput): Promise<{ id: string }> {
    return makeNote(this.client, contactId, note);
  }

  findNote(contactId: string, note: NoteInput, since: Date): Promise<{ id: string } | null> {
    return findNote(this.client, contactId, note, since);
  }

  createTag(tag: { name: string }): Promise<Tag> {
    return makeTag(this.client, tag.name);
  }

  getRelated(contactId: string, kind: RelatedKind, query: RelatedQuery): Promise<RelatedRecord[]> {
    return relatedRecords(this.client, contactId, kind, query);
  }

  updateRelated(_kind: 'lead', id: string, change: { StageID: string }): Promise<void> {
    return moveOpportunity(this.client, id, change.StageID);
  }

  #read(contactId: string, operation: ConnectorOperation): Promise<GhlContact> {
    return this.#contacts.get(contactId, () => readContact(this.client, contactId, operation));
  }

  #write(
    operation: ConnectorOperation,
    contactId: string,
    values: Readonly<Record<string, FieldValue>>,
  ): Promise<void> {
    return this.#changed(contactId, () => writeFields(this.client, operation, contactId, values));
  }

  /** A write answers the contact as it is now; where it does not, or fails, the next question reads it anew. */
  async #changed(contactId: string, work: () => Promise<GhlContact | undefined>): Promise<void> {
    this.#contacts.drop(contactId);
    const contact = await work();
    if (contact?.id === contactId) this.#contacts.put(contact);
  }

  /** A contact that was read before is brought up to date without being read again. */
  async #retag(contactId: string, change: (names: readonly string[]) => string[]): Promise<void> {
    const contact = await this.#contacts.known(contactId);
    if (contact !== undefined) this.#contacts.put({ ...contact, tags: change(contact.tags ?? []) });
  }
}
