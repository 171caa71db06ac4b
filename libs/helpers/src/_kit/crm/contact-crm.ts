import type {
  Capability,
  ContactList,
  CreateContactInput,
  CustomField,
  FieldValue,
  NormalizedContact,
  NoteInput,
  PlatformSlug,
  QueryOptions,
  SentEmail,
  Tag,
  UpdateContactInput,
} from '#connectors';

/** Goals of this product are achieved under this name unless a helper says otherwise. */
export const GOAL_INTEGRATION = 'myfusionhelper';

/**
 * The CRM as one contact's helper sees it: the connector port, bound to the contact of the run, with what must not
 * happen twice journalled. Every operation may throw a `ConnectorError`.
 */
export interface ContactCrm {
  /** @throws HelperFailure `contact_required` when the run is for no contact */
  readonly contactId: string;
  /** The whole contact, read at most once in a run. */
  contact(): Promise<NormalizedContact>;
  /** `key`: standard name, label, key or id of a custom field, or a composite key such as `_related.invoice.count`. */
  readField(key: string): Promise<FieldValue>;
  writeField(key: string, value: FieldValue): Promise<void>;
  updateContact(update: UpdateContactInput): Promise<void>;
  applyTag(tag: string): Promise<void>;
  removeTag(tag: string): Promise<void>;
  achieveGoal(goal: string, integration?: string): Promise<void>;
  triggerAutomation(automationId: string): Promise<void>;
  /** What became of e-mails since then; null where the CRM does not tell. */
  emailHistory(since: Date): Promise<SentEmail[] | null>;
  createNote(note: NoteInput): Promise<{ id: string }>;
  setOptInStatus(optIn: boolean, reason: string): Promise<void>;
  deleteContact(): Promise<void>;

  /** Read at most once in a run, unless the run makes a tag. */
  getTags(): Promise<Tag[]>;
  createTag(tag: { name: string }): Promise<Tag>;
  /** Read at most once in a run. */
  getCustomFields(): Promise<CustomField[]>;
  getContacts(options: QueryOptions): Promise<ContactList>;
  createContact(input: CreateContactInput): Promise<NormalizedContact>;
  platform(): Promise<PlatformSlug>;
  supports(capability: Capability): Promise<boolean>;
  /** The same CRM, for another contact. */
  forContact(contactId: string): ContactCrm;
}
