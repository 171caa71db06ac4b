import type {
  Capability,
  ContactList,
  CreateContactInput,
  CrmConnector,
  CustomField,
  FieldValue,
  NormalizedContact,
  NoteInput,
  PlatformSlug,
  QueryOptions,
  Tag,
  UpdateContactInput,
} from '#connectors';
import type { CaseCrm, VectorCase } from '../vector-case.js';
import { isDeepStrictEqual } from 'node:util';
import { MemoryContacts } from './memory-contacts.js';

/** A connector operation that was called, named as vectors name it. */
export interface RecordedCall {
  op: string;
  args: unknown[];
}

const CAPABILITIES: readonly Capability[] = [
  'contacts',
  'tags',
  'custom_fields',
  'automations',
  'goals',
  'deals',
  'emails',
  'webhooks',
];

const RETRYABLE: ReadonlySet<string> = new Set(['network', 'rate_limited', 'server', 'auth_expired', 'circuit_open']);

/** What helpers see of a `ConnectorError`; the class itself would bring every vendor's code into each test. */
class InjectedFailure extends Error {
  override readonly name = 'ConnectorError';
  readonly kind: string;
  readonly retryable: boolean;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
    this.retryable = RETRYABLE.has(kind);
  }
}

function inPages(ids: string[], limit = ids.length): string[][] {
  const size = Math.max(1, limit);
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, page) => ids.slice(page * size, (page + 1) * size));
}

/** The CRM that a vector describes. Records every call, also those that fail. */
export class MemoryCrm implements CrmConnector {
  readonly calls: RecordedCall[] = [];
  readonly contacts: MemoryContacts;
  readonly #crm: CaseCrm;
  readonly #tags: Tag[];
  #made = 0;

  constructor(vector: VectorCase) {
    this.#crm = vector.crm ?? {};
    this.contacts = new MemoryContacts(vector, this.#crm);
    this.#tags = (this.#crm.tags ?? []).map(({ id, name, category }) => ({
      id,
      name,
      ...(category === undefined ? {} : { category }),
    }));
  }

  async getContact(id: string): Promise<NormalizedContact> {
    this.#called('GetContact', [id], { contact: id });
    return this.contacts.get(id);
  }

  async getContacts(options: QueryOptions): Promise<ContactList> {
    const matching = this.#matching(options);
    const pages = this.#crm.contact_pages ?? inPages(matching, options.limit);
    const page = Number(/^p(\d+)$/.exec(options.cursor ?? '')?.[1] ?? 0);
    this.#called('GetContacts', [options], { page: page + 1 });
    const contacts = (pages[page] ?? []).map((id) => this.contacts.get(id));
    const more = page + 1 < pages.length;
    const members = options.tag_id === undefined ? undefined : this.#crm.tag_members?.[options.tag_id];
    const total = members?.total ?? (this.#crm.contact_pages === undefined ? matching.length : contacts.length);
    return { contacts, total, has_more: more, ...(more ? { next_cursor: `p${page + 1}` } : {}) };
  }

  async createContact(input: CreateContactInput): Promise<NormalizedContact> {
    this.#called('CreateContact', [input]);
    const id = this.contacts.ids().includes('c-new') ? this.#newId('contact') : 'c-new';
    const { tags = [], ...values } = input;
    this.contacts.put(id, { ...values, tags: tags.map((tag) => ({ id: tag, name: tag })) });
    return this.contacts.get(id);
  }

  async updateContact(id: string, update: UpdateContactInput): Promise<NormalizedContact> {
    this.#called('UpdateContact', [id, update], { contact: id });
    const { custom_fields: custom = {}, ...standard } = update;
    for (const [key, value] of Object.entries({ ...standard, ...custom })) this.contacts.setField(id, key, value);
    return this.contacts.get(id);
  }

  async deleteContact(id: string): Promise<void> {
    this.#called('DeleteContact', [id], { contact: id });
    this.contacts.remove(id);
  }

  async getTags(): Promise<Tag[]> {
    this.#called('GetTags', []);
    return structuredClone(this.#tags);
  }

  async applyTag(id: string, tag: string): Promise<void> {
    this.#called('ApplyTag', [id, tag], { contact: id });
    const { tags = [] } = this.contacts.get(id);
    const name = this.#tags.find((each) => each.id === tag)?.name ?? tag;
    if (!tags.some((each) => each.id === tag)) this.contacts.put(id, { tags: [...tags, { id: tag, name }] });
  }

  async removeTag(id: string, tag: string): Promise<void> {
    this.#called('RemoveTag', [id, tag], { contact: id });
    const { tags = [] } = this.contacts.get(id);
    this.contacts.put(id, { tags: tags.filter((each) => each.id !== tag) });
  }

  async createTag(tag: { name: string }): Promise<Tag> {
    this.#called('CreateTag', [tag]);
    const existing = this.#tags.find(({ name }) => name.toLowerCase() === tag.name.toLowerCase());
    const made = existing ?? { id: this.#newId('tag'), name: tag.name };
    if (existing === undefined) this.#tags.push(made);
    return made;
  }

  async getCustomFields(): Promise<CustomField[]> {
    this.#called('GetCustomFields', []);
    return structuredClone(this.#crm.custom_field_defs ?? []);
  }

  async getContactFieldValue(id: string, key: string): Promise<FieldValue> {
    this.#called('GetContactFieldValue', [id, key], { contact: id });
    return this.contacts.field(id, key);
  }

  async setContactFieldValue(id: string, key: string, value: FieldValue): Promise<void> {
    this.#called('SetContactFieldValue', [id, key, value], { contact: id });
    this.contacts.setField(id, key, value);
  }

  async triggerAutomation(id: string, automation: string): Promise<void> {
    this.#called('TriggerAutomation', [id, automation], { contact: id });
  }

  async achieveGoal(id: string, goal: string, integration: string): Promise<void> {
    this.#called('AchieveGoal', [id, goal, integration], { contact: id });
  }

  async setOptInStatus(id: string, optIn: boolean, reason: string): Promise<void> {
    this.#called('SetOptInStatus', [id, optIn, reason], { contact: id });
  }

  async createNote(id: string, note: NoteInput): Promise<{ id: string }> {
    this.#called('CreateNote', [id, note], { contact: id });
    return { id: this.#newId('note') };
  }

  async testConnection(): Promise<void> {
    this.#called('TestConnection', []);
  }

  getMetadata() {
    const platform = (this.#crm.platform ?? 'sandbox') as PlatformSlug;
    return { platform_slug: platform, platform_name: platform, api_version: '1', base_url: 'memory:' };
  }

  getCapabilities(): Capability[] {
    return CAPABILITIES.filter((capability) => this.#crm.capabilities?.includes(capability) ?? true);
  }

  #matching({ email, tag_id: tag }: QueryOptions): string[] {
    const members = tag === undefined ? undefined : this.#crm.tag_members?.[tag]?.contact_ids;
    if (members !== undefined) return members;
    return this.contacts.ids().filter((id) => {
      const contact = this.contacts.get(id);
      const tagged = tag === undefined || (contact.tags ?? []).some((each) => each.id === tag);
      return tagged && (email === undefined || contact.email.toLowerCase() === email.toLowerCase());
    });
  }

  #newId(kind: string): string {
    this.#made += 1;
    return `new-${kind}-${this.#made}`;
  }

  /** Records the call, then fails if the case says so. */
  #called(op: string, args: unknown[], { contact, page }: { contact?: string; page?: number } = {}): void {
    this.calls.push({ op, args: structuredClone(args) });
    const error = [...(this.#crm.errors ?? []), ...(this.#crm.fail ?? [])].find(
      (each) =>
        each.op === op &&
        (each.arg === undefined || args.some((arg) => isDeepStrictEqual(arg, each.arg))) &&
        (each.contact === undefined || each.contact === contact) &&
        (each.page === undefined || each.page === page),
    );
    if (error === undefined) return;
    throw new InjectedFailure(error.kind ?? 'validation', error.message ?? `${op} was refused`);
  }
}
