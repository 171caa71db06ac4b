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
} from './contact.js';

export const CAPABILITIES = [
  'contacts',
  'tags',
  'custom_fields',
  'automations',
  'goals',
  'deals',
  'emails',
  'webhooks',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

export interface ConnectorMetadata {
  platform_slug: PlatformSlug;
  platform_name: string;
  api_version: string;
  base_url: string;
}

/** What a connector needs to sign its calls. Which parts are required is the platform's business. */
export interface ConnectorCredentials {
  access_token?: string;
  refresh_token?: string;
  api_key?: string;
  api_secret?: string;
  base_url?: string;
  account_id?: string;
}

/**
 * The one door to a CRM. Helpers, sync and backups see only this.
 *
 * Every operation may throw a `ConnectorError`; nothing else leaves a connector. The abort signal and the deadline
 * are given when the connector is made for an execution. Optional operations are absent where the vendor has none.
 */
export interface CrmConnector {
  getContacts(options: QueryOptions): Promise<ContactList>;
  getContact(contactId: string): Promise<NormalizedContact>;
  /** Not repeatable: a second call may make a second contact. */
  createContact(input: CreateContactInput): Promise<NormalizedContact>;
  updateContact(contactId: string, update: UpdateContactInput): Promise<NormalizedContact>;
  deleteContact(contactId: string): Promise<void>;
  /** All tags, every page. `names_only`: descriptions and categories may be left out where they cost requests. */
  getTags(options?: { names_only: boolean }): Promise<Tag[]>;
  /** `tag` is an id or a name. Applying a tag twice is no error. */
  applyTag(contactId: string, tag: string): Promise<void>;
  /** `tag` is an id or a name. Removing an absent tag is no error. */
  removeTag(contactId: string, tag: string): Promise<void>;
  getCustomFields(): Promise<CustomField[]>;
  /**
   * `key` is a standard name, a custom field's label, key or id, or a composite key (`_related.*`, `_email_stats.*`,
   * `_goal.*`). A field that exists nowhere is null, not an error.
   */
  getContactFieldValue(contactId: string, key: string): Promise<FieldValue>;
  setContactFieldValue(contactId: string, key: string, value: FieldValue): Promise<void>;
  /** Not repeatable where the vendor starts a run for each call. */
  triggerAutomation(contactId: string, automationId: string): Promise<void>;
  /** Not repeatable. An empty integration name means the product's own. */
  achieveGoal(contactId: string, goal: string, integration: string): Promise<void>;
  testConnection(): Promise<void>;
  getMetadata(): ConnectorMetadata;
  getCapabilities(): Capability[];

  setOptInStatus?(contactId: string, optIn: boolean, reason: string): Promise<void>;
  /** Not repeatable. */
  createNote?(contactId: string, note: NoteInput): Promise<{ id: string }>;
  /**
   * The note with exactly this title and body written since then, or null: tells whether a `createNote` whose answer
   * was lost took effect.
   */
  findNote?(contactId: string, note: NoteInput, since: Date): Promise<{ id: string } | null>;
  /**
   * Whether the contact has entered the automation since then: tells whether a `triggerAutomation` whose answer was
   * lost took effect.
   */
  hasTriggered?(contactId: string, automationId: string, since: Date): Promise<boolean>;
  /** Answers the existing tag when one of that name (letter case ignored) is there. */
  createTag?(tag: { name: string; description?: string; category?: string }): Promise<Tag>;
  /**
   * The id of a tag that `getTags` does not list, such as one named by an older id; undefined when there is none.
   * Throws `validation` for one that the operation cannot be carried out on.
   */
  findTag?(tag: string, operation: ConnectorOperation): Promise<string | undefined>;
  /** Oldest first by the record's date, ties by id. */
  getRelated?(contactId: string, kind: RelatedKind, query: RelatedQuery): Promise<RelatedRecord[]>;
  getEmailStats?(address: string): Promise<EmailStats>;
  /** E-mails to the contact that were made since then, in no particular order. */
  getEmailHistory?(contactId: string, since: Date): Promise<SentEmail[]>;
  updateRelated?(kind: 'lead', id: string, change: { StageID: string }): Promise<void>;
  getGoalAchieved?(contactId: string, goal: string): Promise<boolean>;
}

/** Names of the operations that do something in the CRM, as logs, timelines and journals call them. */
export type ConnectorOperation = keyof CrmConnector;

/** Operations whose repetition may double an effect: callers journal them. */
export const NON_REPEATABLE_OPERATIONS = [
  'createContact',
  'createNote',
  'triggerAutomation',
  'achieveGoal',
] as const satisfies readonly ConnectorOperation[];
