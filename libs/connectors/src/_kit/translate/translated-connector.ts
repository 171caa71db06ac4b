import type { ConnectionMemory } from '../connection-memory.js';
import { ConnectorError, isConnectorError } from '../connector-error.js';
import type {
  ContactList,
  CreateContactInput,
  CustomField,
  FieldValue,
  NormalizedContact,
  QueryOptions,
  Tag,
  UpdateContactInput,
} from '../contact.js';
import type { Capability, ConnectorMetadata, ConnectorOperation, CrmConnector } from '../port.js';
import { isCompositeKey, parseCompositeKey, type CompositeKey } from './composite-keys.js';
import { Directory, type TranslateLogger } from './directory.js';
import type { StandardKeys } from './field-keys.js';
import { RelatedQuestions } from './related-questions.js';
import type { VendorTraits } from './vendor-traits.js';

export interface TranslateParts {
  traits: VendorTraits;
  keys: StandardKeys;
  memory: ConnectionMemory;
  logger: TranslateLogger | undefined;
}

type Optional<K extends keyof CrmConnector> = NonNullable<CrmConnector[K]>;

/**
 * A connector that speaks the product's words: field labels and names, tag names, dates as RFC 3339, questions about
 * related records. It stands in front of a vendor's connector, which knows only its own keys and ids.
 */
export class TranslatedConnector implements CrmConnector {
  readonly #directory: Directory;
  readonly #questions: RelatedQuestions;
  readonly #traits: VendorTraits;
  readonly #capabilities: ReadonlySet<Capability>;

  readonly setOptInStatus?: Optional<'setOptInStatus'>;
  readonly createNote?: Optional<'createNote'>;
  readonly findNote?: Optional<'findNote'>;
  readonly hasTriggered?: Optional<'hasTriggered'>;
  readonly createTag?: Optional<'createTag'>;
  readonly getRelated?: Optional<'getRelated'>;
  readonly getEmailStats?: Optional<'getEmailStats'>;
  readonly getEmailHistory?: Optional<'getEmailHistory'>;
  readonly updateRelated?: Optional<'updateRelated'>;
  readonly getGoalAchieved?: Optional<'getGoalAchieved'>;

  constructor(
    private readonly raw: CrmConnector,
    parts: TranslateParts,
  ) {
    this.#traits = parts.traits;
    this.#directory = new Directory(raw, parts.memory, parts.keys, parts.logger, parts.traits.tagsByName);
    this.#questions = new RelatedQuestions(raw);
    this.#capabilities = new Set(raw.getCapabilities());
    if (raw.setOptInStatus) this.setOptInStatus = raw.setOptInStatus.bind(raw);
    if (raw.createNote) this.createNote = raw.createNote.bind(raw);
    if (raw.findNote) this.findNote = raw.findNote.bind(raw);
    if (raw.hasTriggered) this.hasTriggered = raw.hasTriggered.bind(raw);
    if (raw.getRelated) this.getRelated = raw.getRelated.bind(raw);
    if (raw.getEmailStats) this.getEmailStats = raw.getEmailStats.bind(raw);
    if (raw.getEmailHistory) this.getEmailHistory = raw.getEmailHistory.bind(raw);
    if (raw.updateRelated) this.updateRelated = raw.updateRelated.bind(raw);
    if (raw.getGoalAchieved) this.getGoalAchieved = raw.getGoalAchieved.bind(raw);
    const createTag = raw.createTag?.bind(raw);
    if (createTag) {
      this.createTag = async (tag) => {
        const made = await createTag(tag);
        this.#directory.forgetTags();
        return made;
      };
    }
  }

  async getContacts(options: QueryOptions): Promise<ContactList> {
    if (options.tag_id === undefined) return this.raw.getContacts(options);
    return this.raw.getContacts({ ...options, tag_id: await this.#directory.tag(options.tag_id, 'getContacts') });
  }

  getContact(contactId: string): Promise<NormalizedContact> {
    return this.raw.getContact(contactId);
  }

  async createContact(input: CreateContactInput): Promise<NormalizedContact> {
    const custom_fields = await this.#customFields(input.custom_fields);
    const tags = await Promise.all((input.tags ?? []).map((tag) => this.#directory.tag(tag, 'createContact')));
    return this.raw.createContact({ ...input, custom_fields, tags });
  }

  async updateContact(contactId: string, update: UpdateContactInput): Promise<NormalizedContact> {
    const custom_fields = await this.#customFields(update.custom_fields);
    return this.#aboutFields(() => this.raw.updateContact(contactId, { ...update, custom_fields }));
  }

  deleteContact(contactId: string): Promise<void> {
    return this.raw.deleteContact(contactId);
  }

  async getTags(options?: { names_only: boolean }): Promise<Tag[]> {
    this.#need('tags', 'getTags');
    return this.raw.getTags(options);
  }

  async applyTag(contactId: string, tag: string): Promise<void> {
    this.#need('tags', 'applyTag');
    const id = await this.#directory.tag(tag, 'applyTag');
    await this.#aboutTags(() => this.raw.applyTag(contactId, id));
  }

  async removeTag(contactId: string, tag: string): Promise<void> {
    this.#need('tags', 'removeTag');
    const id = await this.#directory.tag(tag, 'removeTag');
    await this.#aboutTags(() => this.raw.removeTag(contactId, id));
  }

  async getCustomFields(): Promise<CustomField[]> {
    this.#need('custom_fields', 'getCustomFields');
    return this.raw.getCustomFields();
  }

  async getContactFieldValue(contactId: string, key: string): Promise<FieldValue> {
    if (isCompositeKey(key)) return this.#questions.answer(contactId, this.#question(key, 'getContactFieldValue'));
    const { key: vendorKey, field } = await this.#directory.field(key);
    const value = await this.raw.getContactFieldValue(contactId, vendorKey);
    return field === undefined ? value : this.#traits.readValue(field, value);
  }

  async setContactFieldValue(contactId: string, key: string, value: FieldValue): Promise<void> {
    if (isCompositeKey(key)) return this.#setComposite(contactId, key, value);
    const { key: vendorKey, field } = await this.#directory.field(key);
    const written = field === undefined ? value : this.#traits.writeValue(field, value);
    await this.#aboutFields(() => this.raw.setContactFieldValue(contactId, vendorKey, written));
  }

  async triggerAutomation(contactId: string, automationId: string): Promise<void> {
    this.#need('automations', 'triggerAutomation');
    await this.raw.triggerAutomation(contactId, automationId);
  }

  async achieveGoal(contactId: string, goal: string, integration: string): Promise<void> {
    this.#need('goals', 'achieveGoal');
    await this.raw.achieveGoal(contactId, goal, integration);
  }

  testConnection(): Promise<void> {
    return this.raw.testConnection();
  }

  getMetadata(): ConnectorMetadata {
    return this.raw.getMetadata();
  }

  getCapabilities(): Capability[] {
    return this.raw.getCapabilities();
  }

  #setComposite(contactId: string, key: string, value: FieldValue): Promise<void> {
    const question = this.#question(key, 'setContactFieldValue');
    if (question.about !== 'move') {
      throw this.#error('validation', 'setContactFieldValue', 'This is a question and cannot be written');
    }
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw this.#error('validation', 'setContactFieldValue', 'A stage is named by its id');
    }
    return this.#questions.move(contactId, question.stage, question.which, String(value));
  }

  #question(key: string, operation: ConnectorOperation): CompositeKey {
    const question = parseCompositeKey(key);
    if (question === undefined)
      throw this.#error('validation', operation, 'This question about a contact is not known');
    return question;
  }

  async #customFields(fields: Record<string, FieldValue> | undefined): Promise<Record<string, FieldValue>> {
    const translated = await Promise.all(
      Object.entries(fields ?? {}).map(async ([key, value]): Promise<[string, FieldValue]> => {
        const { key: vendorKey, field } = await this.#directory.field(key);
        return [vendorKey, field === undefined ? value : this.#traits.writeValue(field, value)];
      }),
    );
    return Object.fromEntries(translated);
  }

  /** A field or tag that the vendor does not know any more may be one that we only remember. */
  async #aboutFields<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isConnectorError(error) && (error.kind === 'not_found' || error.kind === 'validation')) {
        this.#directory.forgetFields();
      }
      throw error;
    }
  }

  async #aboutTags<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isConnectorError(error) && error.kind === 'not_found') this.#directory.forgetTags();
      throw error;
    }
  }

  #need(capability: Capability, operation: ConnectorOperation): void {
    if (this.#capabilities.has(capability)) return;
    throw this.#error('unsupported', operation, `This CRM does not support ${operation}`);
  }

  #error(kind: 'unsupported' | 'validation', operation: ConnectorOperation, message: string): ConnectorError {
    const platform = this.raw.getMetadata().platform_slug;
    return new ConnectorError({
      kind,
      platform,
      operation,
      message,
      outcome: 'not_sent',
      ...(kind === 'unsupported' && { status: 501 }),
    });
  }
}
