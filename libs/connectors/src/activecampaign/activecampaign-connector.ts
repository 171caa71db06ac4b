import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
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
import { ContactCache } from '../_kit/contact-cache.js';
import type { Capability, ConnectorMetadata, ConnectorOperation, CrmConnector } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';
import { enterAutomation, hasEntered } from './automations.js';
import { checkKey, KeyCheckingCaller, type Caller } from './caller.js';
import { fieldsOfUpdate } from './contact-change.js';
import { fieldOf } from './contact-fields.js';
import { listContacts } from './contact-list.js';
import { contactRecord, normalizedContact, type AppliedTag, type ContactRecord } from './contact-record.js';
import { readContact, withCompany, withTags } from './contacts.js';
import { customFields } from './custom-fields.js';
import { moveDeal, relatedRecords } from './deals.js';
import { makeContact } from './make-contact.js';
import { findNote, makeNote } from './notes.js';
import { setOptIn } from './opt-in.js';
import { allTags, applyTag, makeTag, removeAssociation, tagsOf } from './tags.js';
import { writeFields, type Written } from './write-fields.js';

/** ActiveCampaign's API v3 in its own keys and ids, for one run. The translate layer stands in front of it. */
export class ActiveCampaignConnector implements CrmConnector {
  readonly #contacts = new ContactCache<ContactRecord>();
  readonly #caller: Caller;
  readonly #platform: PlatformSlug;

  constructor(
    private readonly client: VendorClient,
    private readonly metadata: ConnectorMetadata,
    private readonly capabilities: readonly Capability[],
  ) {
    this.#caller = new KeyCheckingCaller(client);
    this.#platform = metadata.platform_slug;
  }

  getContacts(options: QueryOptions): Promise<ContactList> {
    return listContacts(this.#caller, this.#platform, options);
  }

  async getContact(contactId: string): Promise<NormalizedContact> {
    const operation = 'getContact';
    const tagged = await withTags(this.#caller, await this.#read(contactId, operation), operation);
    const whole = await withCompany(this.#caller, tagged, operation);
    this.#contacts.put(whole);
    return normalizedContact(whole, this.#platform);
  }

  async createContact(input: CreateContactInput): Promise<NormalizedContact> {
    const made = await makeContact(this.#caller, input);
    this.#contacts.put(made);
    return normalizedContact(made, this.#platform);
  }

  /** Of a contact that was not read before, the answer tells the properties only. */
  async updateContact(contactId: string, update: UpdateContactInput): Promise<NormalizedContact> {
    const fields = fieldsOfUpdate(update);
    if (Object.keys(fields).length === 0) return this.getContact(contactId);
    const { record, contact } = await this.#write('updateContact', contactId, fields);
    if (record !== undefined) return normalizedContact(record, this.#platform);
    return contact === undefined
      ? this.getContact(contactId)
      : normalizedContact(contactRecord(contact, {}), this.#platform);
  }

  async deleteContact(contactId: string): Promise<void> {
    await this.#caller.call<void>({
      operation: 'deleteContact',
      method: 'DELETE',
      path: path`/contacts/${contactId}`,
      target: `contacts/${contactId}`,
      repeatable: true,
    });
    this.#contacts.drop(contactId);
  }

  getTags(): Promise<Tag[]> {
    return allTags(this.#caller);
  }

  async applyTag(contactId: string, tagId: string): Promise<void> {
    const applied = await applyTag(this.#caller, contactId, tagId);
    await this.#retag(contactId, (tags) => [...tags.filter((tag) => tag.tagId !== tagId), applied]);
  }

  async removeTag(contactId: string, tagId: string): Promise<void> {
    const known = (await this.#contacts.known(contactId))?.tags;
    const tags = known ?? (await tagsOf(this.#caller, contactId, 'removeTag'));
    const applied = tags.find((tag) => tag.tagId === tagId);
    if (applied === undefined) return;
    await removeAssociation(this.#caller, contactId, applied);
    await this.#retag(contactId, (before) => before.filter((tag) => tag.tagId !== tagId));
  }

  getCustomFields(): Promise<CustomField[]> {
    return customFields(this.#caller);
  }

  async getContactFieldValue(contactId: string, key: string): Promise<FieldValue> {
    const operation = 'getContactFieldValue';
    const record = await this.#read(contactId, operation);
    if (key !== 'orgname') return fieldOf(record, key);
    const whole = await withCompany(this.#caller, record, operation);
    this.#contacts.put(whole);
    return fieldOf(whole, key);
  }

  async setContactFieldValue(contactId: string, key: string, value: FieldValue): Promise<void> {
    await this.#write('setContactFieldValue', contactId, { [key]: value });
  }

  triggerAutomation(contactId: string, automationId: string): Promise<void> {
    return enterAutomation(this.#caller, contactId, automationId);
  }

  hasTriggered(contactId: string, automationId: string, since: Date): Promise<boolean> {
    return hasEntered(this.#caller, contactId, automationId, since);
  }

  achieveGoal(): Promise<void> {
    const message = 'Goals of ActiveCampaign can be read but not achieved from outside';
    return Promise.reject(refuse(this.#platform, 'achieveGoal', 'unsupported', message));
  }

  testConnection(): Promise<void> {
    return checkKey(this.client, 'testConnection');
  }

  getMetadata(): ConnectorMetadata {
    return { ...this.metadata };
  }

  getCapabilities(): Capability[] {
    return [...this.capabilities];
  }

  async setOptInStatus(contactId: string, optIn: boolean, reason: string): Promise<void> {
    const record = await this.#read(contactId, 'setOptInStatus');
    this.#contacts.drop(contactId);
    await setOptIn(this.#caller, record, optIn, reason);
  }

  createNote(contactId: string, note: NoteInput): Promise<{ id: string }> {
    return makeNote(this.#caller, contactId, note);
  }

  findNote(contactId: string, note: NoteInput, since: Date): Promise<{ id: string } | null> {
    return findNote(this.#caller, contactId, note, since);
  }

  createTag(tag: { name: string; description?: string; category?: string }): Promise<Tag> {
    return makeTag(this.#caller, tag);
  }

  getRelated(contactId: string, kind: RelatedKind, query: RelatedQuery): Promise<RelatedRecord[]> {
    return relatedRecords(this.#caller, contactId, kind, query);
  }

  updateRelated(_kind: 'lead', id: string, change: { StageID: string }): Promise<void> {
    return moveDeal(this.#caller, id, change.StageID);
  }

  #read(contactId: string, operation: ConnectorOperation): Promise<ContactRecord> {
    return this.#contacts.get(contactId, () => readContact(this.#caller, contactId, operation));
  }

  async #retag(contactId: string, change: (tags: readonly AppliedTag[]) => AppliedTag[]): Promise<void> {
    const record = await this.#contacts.known(contactId);
    if (record?.tags !== undefined) this.#contacts.put({ ...record, tags: change(record.tags) });
  }

  async #write(
    operation: ConnectorOperation,
    contactId: string,
    fields: Readonly<Record<string, FieldValue>>,
  ): Promise<Written> {
    try {
      const known = await this.#contacts.known(contactId);
      const written = await writeFields(this.#caller, operation, contactId, fields, {
        known,
        read: () => this.#read(contactId, operation),
      });
      if (written.record !== undefined) this.#contacts.put(written.record);
      return written;
    } catch (error) {
      this.#contacts.drop(contactId);
      throw error;
    }
  }
}
