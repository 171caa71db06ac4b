import type {
  ContactList,
  CreateContactInput,
  CustomField,
  FieldValue,
  NormalizedContact,
  QueryOptions,
  RelatedKind,
  RelatedRecord,
  Tag,
  UpdateContactInput,
} from '../_kit/contact.js';
import type { Capability, ConnectorMetadata, CrmConnector } from '../_kit/port.js';

/** A vendor's own connector for tests of what stands in front of it: it writes down what it is asked. */
export class FakeConnector implements CrmConnector {
  readonly asked: [operation: string, ...args: unknown[]][] = [];
  tags: Tag[] = [];
  fields: CustomField[] = [];
  values: Record<string, FieldValue> = {};
  related: RelatedRecord[] = [];
  capabilities: Capability[] = ['contacts', 'tags', 'custom_fields', 'automations', 'goals', 'deals'];
  /** Thrown by the next operation of this name. */
  failure: { operation: string; error: Error } | undefined;

  async getContacts(options: QueryOptions): Promise<ContactList> {
    await this.#note('getContacts', options);
    return { contacts: [], total: -1, has_more: false };
  }

  async getContact(id: string): Promise<NormalizedContact> {
    await this.#note('getContact', id);
    return this.#contact(id);
  }

  async createContact(input: CreateContactInput): Promise<NormalizedContact> {
    await this.#note('createContact', input);
    return this.#contact('new');
  }

  async updateContact(id: string, update: UpdateContactInput): Promise<NormalizedContact> {
    await this.#note('updateContact', id, update);
    return this.#contact(id);
  }

  deleteContact(id: string): Promise<void> {
    return this.#note('deleteContact', id);
  }

  async getTags(): Promise<Tag[]> {
    await this.#note('getTags');
    return this.tags;
  }

  applyTag(contactId: string, tag: string): Promise<void> {
    return this.#note('applyTag', contactId, tag);
  }

  removeTag(contactId: string, tag: string): Promise<void> {
    return this.#note('removeTag', contactId, tag);
  }

  async getCustomFields(): Promise<CustomField[]> {
    await this.#note('getCustomFields');
    return this.fields;
  }

  async getContactFieldValue(contactId: string, key: string): Promise<FieldValue> {
    await this.#note('getContactFieldValue', contactId, key);
    return this.values[key] ?? null;
  }

  setContactFieldValue(contactId: string, key: string, value: FieldValue): Promise<void> {
    return this.#note('setContactFieldValue', contactId, key, value);
  }

  triggerAutomation(contactId: string, automationId: string): Promise<void> {
    return this.#note('triggerAutomation', contactId, automationId);
  }

  achieveGoal(contactId: string, goal: string, integration: string): Promise<void> {
    return this.#note('achieveGoal', contactId, goal, integration);
  }

  testConnection(): Promise<void> {
    return this.#note('testConnection');
  }

  getMetadata(): ConnectorMetadata {
    return { platform_slug: 'keap', platform_name: 'Fake', api_version: '1', base_url: 'https://fake.example' };
  }

  getCapabilities(): Capability[] {
    return this.capabilities;
  }

  async getRelated(contactId: string, kind: RelatedKind, query: { stage?: string }): Promise<RelatedRecord[]> {
    await this.#note('getRelated', contactId, kind, query);
    return query.stage === undefined ? this.related : this.related.filter(({ StageID }) => StageID === query.stage);
  }

  updateRelated(_kind: 'lead', id: string, change: { StageID: string }): Promise<void> {
    return this.#note('updateRelated', id, change.StageID);
  }

  async #note(operation: string, ...args: unknown[]): Promise<void> {
    this.asked.push([operation, ...args]);
    await Promise.resolve();
    if (this.failure?.operation !== operation) return;
    const { error } = this.failure;
    this.failure = undefined;
    throw error;
  }

  #contact(id: string): NormalizedContact {
    return { id, source_id: id, source_crm: 'keap', first_name: '', last_name: '', email: '' };
  }
}
