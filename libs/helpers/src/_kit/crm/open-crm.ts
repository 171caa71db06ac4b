import type { CrmConnector, CustomField, FieldValue, NormalizedContact, Tag } from '#connectors';
import { supportsPlatform, type HelperDefinition } from '../define-helper.js';
import type { EffectCheck, EffectJournal, EffectOperation } from '../effects.js';
import { HelperFailure } from '../helper-failure.js';
import { EffectGate } from '../effect-gate.js';
import { GOAL_INTEGRATION, type ContactCrm } from './contact-crm.js';

/** The connector's operations that change something. */
type Change = Extract<EffectOperation, keyof CrmConnector>;

const asResult = <T>(found: T | null): { result: T } | null => (found === null ? null : { result: found });

const asDone = (happened: boolean): { result: void } | null => (happened ? { result: undefined } : null);

/** A list that a run reads at most once, unless it changes the list itself. */
class ReadOnce<T> {
  #reading: Promise<T> | undefined;

  constructor(private readonly read: () => Promise<T>) {}

  async get(): Promise<T> {
    this.#reading ??= this.read();
    try {
      return await this.#reading;
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  forget(): void {
    this.#reading = undefined;
  }
}

/** One run's way to its connector, shared by the views on single contacts. */
class CrmSession {
  #connector: Promise<CrmConnector> | undefined;
  readonly #connect: (() => Promise<CrmConnector>) | null;
  readonly #definition: HelperDefinition;
  readonly gate: EffectGate;
  readonly tags: ReadOnce<Tag[]>;
  readonly fields: ReadOnce<CustomField[]>;

  constructor(connect: (() => Promise<CrmConnector>) | null, definition: HelperDefinition, journal: EffectJournal) {
    this.#connect = connect;
    this.#definition = definition;
    this.gate = new EffectGate(definition, journal);
    this.tags = new ReadOnce(async () => (await this.connector()).getTags());
    this.fields = new ReadOnce(async () => (await this.connector()).getCustomFields());
  }

  connector(): Promise<CrmConnector> {
    this.#connector ??= this.#open();
    return this.#connector;
  }

  async #open(): Promise<CrmConnector> {
    if (this.#connect === null) {
      throw new HelperFailure('crm_connection_required', 'give_up', 'This helper has no CRM connection.');
    }
    const connector = await this.#connect();
    const { platform_slug: platform, platform_name: name } = connector.getMetadata();
    if (!supportsPlatform(this.#definition, platform)) {
      throw new HelperFailure('platform_not_supported', 'give_up', `This helper does not work with ${name}.`);
    }
    return connector;
  }

  /** An operation of the port, or the failure that says the vendor has none. */
  async operation<Name extends keyof CrmConnector>(name: Name): Promise<NonNullable<CrmConnector[Name]>> {
    const connector = await this.connector();
    const operation = connector[name];
    if (operation === undefined) {
      const { platform_name: platform } = connector.getMetadata();
      throw new HelperFailure('unsupported_by_crm', 'give_up', `${platform} does not offer ${name}.`);
    }
    return operation.bind(connector) as NonNullable<CrmConnector[Name]>;
  }

  /** A change, once per execution where the definition says so. */
  async change<Name extends Change, T>(
    name: Name,
    target: string,
    summary: string,
    work: (operation: NonNullable<CrmConnector[Name]>) => Promise<T>,
    check?: EffectCheck<T>,
  ): Promise<T> {
    const operation = await this.operation(name);
    return this.gate.pass(name, target, summary, () => work(operation), { check });
  }
}

/**
 * @param connect as in `RunPorts`
 * @param definition whose declared effects are the only ones allowed
 */
export function openCrm(
  connect: (() => Promise<CrmConnector>) | null,
  definition: HelperDefinition,
  journal: EffectJournal,
  contactId: string | undefined,
): ContactCrm {
  return contactCrm(new CrmSession(connect, definition, journal), contactId);
}

function contactCrm(session: CrmSession, givenId: string | undefined): ContactCrm {
  let whole: Promise<NormalizedContact> | undefined;
  const id = (): string => {
    if (givenId === undefined || givenId === '') {
      throw new HelperFailure('contact_required', 'give_up', 'This helper needs a contact.');
    }
    return givenId;
  };
  return {
    get contactId() {
      return id();
    },
    contact() {
      whole ??= session.connector().then((connector) => connector.getContact(id()));
      return whole;
    },
    readField: async (key) => (await session.connector()).getContactFieldValue(id(), key),
    writeField: (key, value: FieldValue) =>
      session.change('setContactFieldValue', id(), `Set field ${key}`, (set) => set(id(), key, value)),
    updateContact: (update) =>
      session.change('updateContact', id(), 'Update contact', async (change) => void (await change(id(), update))),
    applyTag: (tag) => session.change('applyTag', id(), `Apply tag ${tag}`, (apply) => apply(id(), tag)),
    removeTag: (tag) => session.change('removeTag', id(), `Remove tag ${tag}`, (remove) => remove(id(), tag)),
    achieveGoal: (goal, integration = GOAL_INTEGRATION) =>
      session.change('achieveGoal', id(), `Achieve goal ${goal}`, (achieve) => achieve(id(), goal, integration)),
    triggerAutomation: async (automation) => {
      const connector = await session.connector();
      const entered = connector.hasTriggered?.bind(connector);
      const check = entered && (async (since: Date) => asDone(await entered(id(), automation, since)));
      const summary = `Start automation ${automation}`;
      return session.change('triggerAutomation', id(), summary, (run) => run(id(), automation), check);
    },
    createNote: async (note) => {
      const connector = await session.connector();
      const find = connector.findNote?.bind(connector);
      const check = find && (async (since: Date) => asResult(await find(id(), note, since)));
      return session.change('createNote', id(), 'Create note', (create) => create(id(), note), check);
    },
    setOptInStatus: (optIn, reason) =>
      session.change('setOptInStatus', id(), optIn ? 'Opt in' : 'Opt out', (set) => set(id(), optIn, reason)),
    deleteContact: () => session.change('deleteContact', id(), 'Delete contact', (remove) => remove(id())),

    async emailHistory(since) {
      const connector = await session.connector();
      return connector.getEmailHistory === undefined ? null : connector.getEmailHistory(id(), since);
    },
    getTags: () => session.tags.get(),
    createTag: async (tag) => {
      const made = await session.change('createTag', tag.name, `Create tag ${tag.name}`, (create) => create(tag));
      session.tags.forget();
      return made;
    },
    getCustomFields: () => session.fields.get(),
    getContacts: async (options) => (await session.connector()).getContacts(options),
    createContact: (input) =>
      session.change('createContact', 'new contact', 'Create contact', (create) => create(input)),
    platform: async () => (await session.connector()).getMetadata().platform_slug,
    supports: async (capability) => (await session.connector()).getCapabilities().includes(capability),
    forContact: (contactId) => contactCrm(session, contactId),
  };
}
