import type { ConnectionMemory } from '../_kit/connection-memory.js';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
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
  SentEmail,
  Tag,
  UpdateContactInput,
} from '../_kit/contact.js';
import type { Capability, ConnectorMetadata, ConnectorOperation, CrmConnector } from '../_kit/port.js';
import { achieveGoal, addToSequence } from './automations.js';
import { ContactCache } from '../_kit/contact-cache.js';
import { fieldOf } from './contact-fields.js';
import { listContacts } from './contact-list.js';
import { emailOf, normalizedContact } from './contact-mapper.js';
import { fieldsOfUpdate, makeContact, readContact, writeFields } from './contacts.js';
import { customFields } from './custom-fields.js';
import { emailHistory, emailStats, setOptIn } from './email-addresses.js';
import { connectionUser, findNote, makeNote } from './notes.js';
import { refuse, rethrowWithContact } from '../_kit/refuse.js';
import { moveOpportunity, relatedRecords } from './related.js';
import type { KeapContact } from './schemas.js';
import { allTags, applyTag, makeTag, removeTag } from './tags.js';

/** Keap REST v2 in Keap's own keys and ids, for one run. The translate layer stands in front of it. */
export class KeapConnector implements CrmConnector {
  readonly #contacts = new ContactCache<KeapContact>();
  readonly #platform: PlatformSlug;

  constructor(
    private readonly client: VendorClient,
    private readonly memory: ConnectionMemory,
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
    const tags = input.tags ?? [];
    for (const tag of tags) await applyTag(this.client, made.id, tag).catch(rethrowWithContact(made.id));
    const contact = tags.length === 0 ? made : { ...made, tag_ids: tags };
    this.#contacts.put(contact);
    return normalizedContact(contact, this.#platform);
  }

  async updateContact(contactId: string, update: UpdateContactInput): Promise<NormalizedContact> {
    const values = fieldsOfUpdate(update);
    const contact =
      Object.keys(values).length === 0
        ? await this.#read(contactId, 'updateContact')
        : await this.#write('updateContact', contactId, values);
    return normalizedContact(contact, this.#platform);
  }

  async deleteContact(contactId: string): Promise<void> {
    await this.client.call<void>({
      operation: 'deleteContact',
      method: 'DELETE',
      path: path`/contacts/${contactId}`,
      target: `contacts/${contactId}`,
      repeatable: true,
    });
    this.#contacts.drop(contactId);
  }

  getTags(options?: { names_only: boolean }): Promise<Tag[]> {
    return allTags(this.client, options?.names_only === true);
  }

  async applyTag(contactId: string, tag: string): Promise<void> {
    await applyTag(this.client, contactId, tag);
    this.#contacts.drop(contactId);
  }

  async removeTag(contactId: string, tag: string): Promise<void> {
    await removeTag(this.client, contactId, tag);
    this.#contacts.drop(contactId);
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
    return addToSequence(this.client, contactId, automationId);
  }

  achieveGoal(contactId: string, goal: string, integration: string): Promise<void> {
    return achieveGoal(this.client, contactId, goal, integration);
  }

  async testConnection(): Promise<void> {
    await connectionUser(this.client, 'testConnection');
  }

  getMetadata(): ConnectorMetadata {
    return { ...this.metadata };
  }

  getCapabilities(): Capability[] {
    return [...this.capabilities];
  }

  async setOptInStatus(contactId: string, optIn: boolean, reason: string): Promise<void> {
    const address = emailOf(await this.#read(contactId, 'setOptInStatus'));
    if (address === undefined) {
      const message = `Contact ${contactId} has no e-mail address`;
      throw refuse(this.#platform, 'setOptInStatus', 'validation', message);
    }
    await setOptIn(this.client, address, optIn, reason);
    this.#contacts.drop(contactId);
  }

  createNote(contactId: string, note: NoteInput): Promise<{ id: string }> {
    const ownUser = () => this.memory.recall('user', () => connectionUser(this.client, 'createNote'));
    return makeNote(this.client, contactId, note, ownUser);
  }

  findNote(contactId: string, note: NoteInput, since: Date): Promise<{ id: string } | null> {
    return findNote(this.client, contactId, note, since);
  }

  createTag(tag: { name: string; description?: string; category?: string }): Promise<Tag> {
    return makeTag(this.client, tag);
  }

  getRelated(contactId: string, kind: RelatedKind, query: RelatedQuery): Promise<RelatedRecord[]> {
    return relatedRecords(this.client, contactId, kind, query);
  }

  getEmailStats(address: string): Promise<EmailStats> {
    return emailStats(this.client, address);
  }

  getEmailHistory(contactId: string, since: Date): Promise<SentEmail[]> {
    return emailHistory(this.client, contactId, since);
  }

  updateRelated(_kind: 'lead', id: string, change: { StageID: string }): Promise<void> {
    return moveOpportunity(this.client, id, change.StageID);
  }

  #read(contactId: string, operation: ConnectorOperation): Promise<KeapContact> {
    return this.#contacts.get(contactId, () => readContact(this.client, contactId, operation));
  }

  /** A write answers the whole contact, which is then the newest state there is. */
  async #write(
    operation: ConnectorOperation,
    contactId: string,
    values: Readonly<Record<string, FieldValue>>,
  ): Promise<KeapContact> {
    const current = () => this.#read(contactId, operation);
    try {
      const contact = await writeFields(this.client, operation, contactId, values, current);
      this.#contacts.put(contact);
      return contact;
    } catch (error) {
      this.#contacts.drop(contactId);
      throw error;
    }
  }
}
