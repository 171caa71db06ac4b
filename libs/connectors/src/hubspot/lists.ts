import { ContactCache } from '../_kit/contact-cache.js';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { ConnectionMemory } from '../_kit/connection-memory.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { Tag, TagRef } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';
import { CONTACT_TYPE, paths } from './paths.js';
import { LegacyList, ListPage, MadeList, MembershipChange, MembershipsOfContact, type ContactList } from './schemas.js';

const MEMORY = 'lists';
const LISTS_A_PAGE = 500;
/** A loop in the vendor's offsets must not become an endless one here. */
const MOST_PAGES = 1000;
/** Whoever is in an active list is decided by its rules: as tags only the others can serve. */
const CHANGEABLE: ReadonlySet<string> = new Set(['MANUAL', 'SNAPSHOT']);

const isTag = ({ processingType }: ContactList): boolean => CHANGEABLE.has(processingType);
const isCalled = (list: ContactList, name: string): boolean =>
  list.name.trim().toLowerCase() === name.trim().toLowerCase();

/** HubSpot has no tags: its lists of contacts take their place. The lists are remembered for some minutes. */
export class Lists {
  /** What this run has read of contacts' lists. */
  readonly #ofContacts = new ContactCache<{ id: string; lists: string[] }>();

  constructor(
    private readonly client: VendorClient,
    private readonly memory: ConnectionMemory,
  ) {}

  async tags(): Promise<Tag[]> {
    this.memory.forget(MEMORY);
    return (await this.#all('getTags')).filter(isTag).map(tagOf);
  }

  /** The contact's lists that can be changed, with their names. */
  async tagsOf(contactId: string, operation: ConnectorOperation): Promise<TagRef[]> {
    const read = async () => ({ id: contactId, lists: await listsOfContact(this.client, operation, contactId) });
    const [all, { lists }] = await Promise.all([this.#all(operation), this.#ofContacts.get(contactId, read)]);
    const tags = new Map(all.filter(isTag).map(({ listId, name }) => [listId, name]));
    return lists.flatMap((id) => {
      const name = tags.get(id);
      return name === undefined ? [] : [{ id, name }];
    });
  }

  async named(ids: readonly string[], operation: ConnectorOperation): Promise<TagRef[]> {
    if (ids.length === 0) return [];
    const names = new Map((await this.#all(operation)).map(({ listId, name }) => [listId, name]));
    return ids.map((id) => ({ id, name: names.get(id) ?? '' }));
  }

  /**
   * A list that is not among the tags: an active one, whose contacts can be read but not changed, or one by the id
   * that it had in an interface which the vendor has switched off.
   * @throws ConnectorError `validation` for an active list that is to be changed
   */
  async find(tag: string, operation: ConnectorOperation): Promise<string | undefined> {
    const text = tag.trim();
    const lists = await this.#all(operation);
    const known = lists.find(({ listId }) => listId === text) ?? lists.find((list) => isCalled(list, text));
    if (known !== undefined) return this.#usable(known, operation).listId;
    const id = /^\d+$/.test(text) ? await this.#byLegacyId(text, operation) : undefined;
    const list = lists.find(({ listId }) => listId === id);
    return list === undefined ? id : this.#usable(list, operation).listId;
  }

  /** The vendor takes a name once, in whatever letter case. */
  async create(name: string): Promise<Tag> {
    const operation = 'createTag';
    const alike = await this.#pages(operation, name.trim());
    const known = alike.find((list) => isCalled(list, name));
    if (known !== undefined) return tagOf(this.#usable(known, operation));
    const { list } = await this.client.call({
      operation,
      method: 'POST',
      path: paths.lists,
      target: 'lists',
      json: { name: name.trim(), objectTypeId: CONTACT_TYPE, processingType: 'MANUAL' },
      repeatable: false,
      answer: MadeList,
    });
    this.memory.forget(MEMORY);
    return tagOf(list);
  }

  /** Both are repeatable: who is in a list already stays in it, who is not stays out. */
  async change(change: 'add' | 'remove', contactId: string, listId: string): Promise<void> {
    const operation = change === 'add' ? 'applyTag' : 'removeTag';
    this.#ofContacts.drop(contactId);
    const { recordIdsMissing } = await this.client.call({
      operation,
      method: 'PUT',
      path: change === 'add' ? paths.addMembers(listId) : paths.removeMembers(listId),
      target: `lists/${listId}/memberships/${contactId}`,
      json: [contactId],
      repeatable: true,
      answer: MembershipChange,
    });
    if (recordIdsMissing?.includes(contactId) === true) {
      throw refuse(this.client.platform, operation, 'not_found', `Contact ${contactId} does not exist`, true);
    }
  }

  #all(operation: ConnectorOperation): Promise<ContactList[]> {
    return this.memory.recall(MEMORY, () => this.#pages(operation, ''));
  }

  async #pages(operation: ConnectorOperation, query: string): Promise<ContactList[]> {
    const lists: ContactList[] = [];
    let offset = 0;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const page = await this.client.call({
        operation,
        method: 'POST',
        path: paths.listSearch,
        target: 'lists/search',
        json: {
          query,
          objectTypeId: CONTACT_TYPE,
          processingTypes: ['MANUAL', 'SNAPSHOT', 'DYNAMIC'],
          offset,
          count: LISTS_A_PAGE,
        },
        repeatable: true,
        answer: ListPage,
      });
      lists.push(...page.lists);
      if (!page.hasMore || page.offset <= offset) break;
      ({ offset } = page);
    }
    return lists;
  }

  #byLegacyId(legacyId: string, operation: ConnectorOperation): Promise<string | undefined> {
    return this.memory.recall(`legacy list ${legacyId}`, async () => {
      try {
        const { listId } = await this.client.call({
          operation,
          method: 'GET',
          path: paths.legacyList,
          target: 'lists/idmapping',
          query: { legacyListId: legacyId },
          repeatable: true,
          answer: LegacyList,
        });
        return listId ?? undefined;
      } catch (error) {
        if (isConnectorError(error) && error.kind === 'not_found') return undefined;
        throw error;
      }
    });
  }

  #usable(list: ContactList, operation: ConnectorOperation): ContactList {
    if (isTag(list) || operation === 'getContacts') return list;
    const message = `List ${list.listId} is an active list: HubSpot decides who is in it. Choose a static list`;
    throw refuse(this.client.platform, operation, 'validation', message);
  }
}

/** Ids of all lists that a contact is in, active ones included. */
export async function listsOfContact(
  client: VendorClient,
  operation: ConnectorOperation,
  contactId: string,
): Promise<string[]> {
  const { results } = await client.call({
    operation,
    method: 'GET',
    path: paths.listsOfContact(contactId),
    target: `contacts/${contactId}/lists`,
    repeatable: true,
    answer: MembershipsOfContact,
  });
  return results.map(({ listId }) => listId);
}

const tagOf = ({ listId, name }: ContactList): Tag => ({ id: listId, name });
