import type {
  CreateContactInput,
  CrmConnector,
  FieldValue,
  NormalizedContact,
  NoteInput,
  QueryOptions,
  Tag,
  UpdateContactInput,
} from '#connectors';
import { isStandardField } from '../crm/contact-fields.js';
import type { DryRunNotes } from './dry-run-notes.js';

type Values = Map<string, FieldValue>;

const STANDARD_KEYS: ReadonlySet<string> = new Set([
  'first_name',
  'last_name',
  'email',
  'phone',
  'company',
  'job_title',
  'website',
  'birthday',
  'anniversary',
]);

/**
 * A connector that reads for real and only notes what it should change. Later reads of the same run see the noted
 * changes, so that a helper goes the way that it would go.
 */
export class RecordingCrm implements CrmConnector {
  readonly #crm: CrmConnector;
  readonly #notes: DryRunNotes;
  readonly #ownId: string | undefined;
  readonly #written = new Map<string, Values>();
  readonly #tags = new Map<string, Map<string, boolean>>();
  readonly #made = new Map<string, NormalizedContact>();

  setOptInStatus?: NonNullable<CrmConnector['setOptInStatus']>;
  createNote?: NonNullable<CrmConnector['createNote']>;
  createTag?: NonNullable<CrmConnector['createTag']>;
  getEmailHistory?: NonNullable<CrmConnector['getEmailHistory']>;

  /** @param ownId contact of the run, whose changes are shown field by field */
  constructor(crm: CrmConnector, notes: DryRunNotes, ownId: string | undefined) {
    this.#crm = crm;
    this.#notes = notes;
    this.#ownId = ownId;
    this.#offerOptionalChanges(crm);
  }

  getContacts(options: QueryOptions) {
    return this.#crm.getContacts(options);
  }

  async getContact(id: string): Promise<NormalizedContact> {
    const contact = this.#made.get(id) ?? (await this.#crm.getContact(id));
    return this.#withChanges(contact, id);
  }

  async createContact(input: CreateContactInput): Promise<NormalizedContact> {
    this.#note('CreateContact', [input]);
    const id = `dry-run-contact-${this.#made.size + 1}`;
    const { tags = [], ...values } = input;
    const contact: NormalizedContact = {
      ...values,
      id,
      source_id: id,
      source_crm: this.#crm.getMetadata().platform_slug,
      tags: tags.map((tag) => ({ id: tag, name: tag })),
    };
    this.#made.set(id, contact);
    this.#notes.warnings.add(`The new contact has no id yet; ${id} stands for it.`);
    return contact;
  }

  async updateContact(id: string, update: UpdateContactInput): Promise<NormalizedContact> {
    this.#note('UpdateContact', [id, update]);
    const { custom_fields: custom = {}, ...standard } = update;
    for (const [key, value] of Object.entries({ ...standard, ...custom })) await this.#write(id, key, value);
    return this.getContact(id);
  }

  async deleteContact(id: string): Promise<void> {
    this.#note('DeleteContact', [id]);
  }

  getTags() {
    return this.#crm.getTags();
  }

  async applyTag(id: string, tag: string): Promise<void> {
    this.#note('ApplyTag', [id, tag]);
    await this.#changeTag(id, tag, true);
  }

  async removeTag(id: string, tag: string): Promise<void> {
    this.#note('RemoveTag', [id, tag]);
    await this.#changeTag(id, tag, false);
  }

  getCustomFields() {
    return this.#crm.getCustomFields();
  }

  async getContactFieldValue(id: string, key: string): Promise<FieldValue> {
    const written = this.#written.get(id);
    if (written?.has(key) === true) return written.get(key) ?? null;
    const made = this.#made.get(id);
    if (made === undefined) return this.#crm.getContactFieldValue(id, key);
    const standard = STANDARD_KEYS.has(key) ? (made[key as keyof NormalizedContact] as FieldValue) : undefined;
    return standard ?? made.custom_fields?.[key] ?? null;
  }

  async setContactFieldValue(id: string, key: string, value: FieldValue): Promise<void> {
    this.#note('SetContactFieldValue', [id, key, value]);
    await this.#write(id, key, value);
  }

  async triggerAutomation(id: string, automation: string): Promise<void> {
    this.#note('TriggerAutomation', [id, automation]);
  }

  async achieveGoal(id: string, goal: string, integration: string): Promise<void> {
    this.#note('AchieveGoal', [id, goal, integration]);
  }

  testConnection() {
    return this.#crm.testConnection();
  }

  getMetadata() {
    return this.#crm.getMetadata();
  }

  getCapabilities() {
    return this.#crm.getCapabilities();
  }

  /** A vendor that lacks an operation lacks it here too; what helpers cannot ask for is left out. */
  #offerOptionalChanges(crm: CrmConnector): void {
    if (crm.getEmailHistory !== undefined) this.getEmailHistory = crm.getEmailHistory.bind(crm);
    if (crm.setOptInStatus !== undefined) this.setOptInStatus = async (...args) => this.#note('SetOptInStatus', args);
    if (crm.createNote !== undefined)
      this.createNote = async (id: string, note: NoteInput) => {
        this.#note('CreateNote', [id, note]);
        this.#notes.warnings.add('The new note has no id yet; dry-run-note stands for it.');
        return { id: 'dry-run-note' };
      };
    if (crm.createTag !== undefined)
      this.createTag = async (tag: { name: string }): Promise<Tag> => {
        const known = (await crm.getTags()).find(({ name }) => name.toLowerCase() === tag.name.toLowerCase());
        if (known !== undefined) return known;
        this.#note('CreateTag', [tag]);
        this.#notes.warnings.add(`The tag ${tag.name} would be new; its name stands for its id.`);
        return { id: tag.name, name: tag.name };
      };
  }

  #note(op: string, args: unknown[]): void {
    this.#notes.calls.push({ op, args: structuredClone(args) });
  }

  async #write(id: string, key: string, value: FieldValue): Promise<void> {
    if (id === this.#ownId) this.#notes.fieldChanged(key, await this.#before(id, key), value);
    const values: Values = this.#written.get(id) ?? new Map<string, FieldValue>();
    this.#written.set(id, values.set(key, value));
  }

  async #before(id: string, key: string): Promise<FieldValue> {
    try {
      return await this.getContactFieldValue(id, key);
    } catch (error) {
      this.#notes.warnings.add(`What ${key} holds now could not be read: ${reasonOf(error)}`);
      return null;
    }
  }

  async #changeTag(id: string, tag: string, on: boolean): Promise<void> {
    const changes = this.#tags.get(id) ?? new Map<string, boolean>();
    this.#tags.set(id, changes.set(tag, on));
    if (id !== this.#ownId || (await this.#hasTag(id, tag)) === on) return;
    (on ? this.#notes.removed : this.#notes.added).delete(tag);
    (on ? this.#notes.added : this.#notes.removed).add(tag);
  }

  async #hasTag(id: string, tag: string): Promise<boolean | undefined> {
    try {
      const { tags = [] } = await this.#crm.getContact(id);
      return tags.some((each) => each.id === tag || each.name === tag);
    } catch (error) {
      this.#notes.warnings.add(`Which tags the contact has now could not be read: ${reasonOf(error)}`);
      return undefined;
    }
  }

  #withChanges(contact: NormalizedContact, id: string): NormalizedContact {
    const written = [...(this.#written.get(id) ?? [])];
    const standard = written.filter(([key]) => STANDARD_KEYS.has(key));
    const custom = written.filter(([key]) => !isStandardField(key) && !key.startsWith('_'));
    const tags = this.#tags.get(id);
    return {
      ...contact,
      ...Object.fromEntries(standard),
      custom_fields: { ...contact.custom_fields, ...Object.fromEntries(custom) },
      ...(tags === undefined ? {} : { tags: changedTags(contact.tags ?? [], tags) }),
    };
  }
}

function changedTags(tags: NonNullable<NormalizedContact['tags']>, changes: ReadonlyMap<string, boolean>) {
  const kept = tags.filter(({ id, name }) => changes.get(id) !== false && changes.get(name) !== false);
  const added = [...changes].filter(([tag, on]) => on && !kept.some(({ id, name }) => id === tag || name === tag));
  return [...kept, ...added.map(([tag]) => ({ id: tag, name: tag }))];
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
