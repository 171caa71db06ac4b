import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';
import { bearer, openService, pathSegment, type ServiceClient } from '../../_services/service-client.js';
import type { DataType } from './keap-backup.config.js';
import { maskedPaymentMethod } from './masked.js';

export interface RecordPage {
  records: readonly object[];
  /** Null: that was the last one. */
  next: string | null;
}

/** Reads one page of a kind of records. @param cursor of the page before; null for the first */
export type ReadPage = (cursor: string | null) => Promise<RecordPage>;

type Context = Pick<RunContext<unknown>, 'crm' | 'http' | 'services' | 'crypto' | 'clock' | 'identity'>;

/** Contacts whose records are read before the next file begins: each of them costs a call. */
const CONTACTS_A_FILE = 50;
const MOST_PAGES_OF_CONTACT = 100;
const COMPANY_FIELDS =
  'id,company_name,email_address,phone_number,fax_number,address,website,notes,custom_fields,create_time,update_time';

const TRIES = 3;
const PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 5000;

const objects = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value)
    ? value.filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null)
    : [];

const nextToken = (answer: Record<string, unknown>): string | null => {
  const { next_page_token: token } = answer;
  return typeof token === 'string' && token !== '' ? token : null;
};

/** An object without what is empty and may be missing. */
const withoutEmpty = (record: object): object =>
  Object.fromEntries(
    Object.entries(record).filter(([, value]) => {
      if (value === undefined || value === null || value === '') return false;
      return typeof value !== 'object' || Object.keys(value as object).length > 0;
    }),
  );

/** Everything that an account's Keap holds, page by page. */
export class KeapRecords {
  readonly #context: Context;
  readonly #pageSize: number;
  #client: Promise<ServiceClient> | undefined;

  constructor(context: Context, pageSize: number) {
    this.#context = context;
    this.#pageSize = pageSize;
  }

  reader(type: DataType): ReadPage {
    const { crm } = this.#context;
    switch (type) {
      case 'contacts':
        return (cursor) => this.#contacts(cursor, this.#pageSize);
      case 'tags':
        return async () => ({ records: await crm.getTags(), next: null });
      case 'custom_fields':
        return async () => ({ records: await crm.getCustomFields(), next: null });
      case 'companies':
        return (cursor) => this.#list('companies', 'companies', cursor, { fields: COMPANY_FIELDS });
      case 'automations':
        return (cursor) => this.#list('automations', 'automations', cursor);
      case 'campaigns':
        return (cursor) => this.#list('campaigns', 'campaigns', cursor);
      case 'notes':
        return (cursor) => this.#ofContacts('notes', 'notes', cursor, (note) => note);
      case 'payment_methods':
        return (cursor) => this.#ofContacts('paymentMethods', 'payment_methods', cursor, maskedPaymentMethod);
    }
  }

  async #contacts(cursor: string | null, limit: number): Promise<RecordPage> {
    const page = await this.#context.crm.getContacts({ limit, ...(cursor !== null && { cursor }) });
    const next = page.has_more ? (page.next_cursor ?? null) : null;
    return { records: page.contacts.map(withoutEmpty), next };
  }

  async #list(path: string, member: string, cursor: string | null, query: Record<string, string> = {}) {
    const client = await this.#open();
    const size = { page_size: String(this.#pageSize) };
    const page = { ...query, ...size, ...(cursor !== null && { page_token: cursor }) };
    const answer = await this.#patiently(async () => (await client.call({ method: 'GET', path, query: page })).json());
    return { records: objects(answer[member]), next: nextToken(answer) };
  }

  /** Records that Keap gives for one contact at a time. */
  async #ofContacts(
    path: string,
    member: string,
    cursor: string | null,
    shape: (record: Record<string, unknown>) => Record<string, unknown>,
  ): Promise<RecordPage> {
    const contacts = await this.#contacts(cursor, Math.min(this.#pageSize, CONTACTS_A_FILE));
    const records: object[] = [];
    for (const contact of contacts.records) {
      const id = (contact as { id: string }).id;
      let page: string | null = null;
      for (let read = 0; read < MOST_PAGES_OF_CONTACT; read += 1) {
        const found: RecordPage = await this.#list(`contacts/${pathSegment(id)}/${path}`, member, page);
        for (const record of found.records) records.push({ contact_id: id, ...shape({ ...record }) });
        page = found.next;
        if (page === null) break;
      }
    }
    return { records, next: contacts.next };
  }

  /** Reading may be tried again: a backup of many calls must not end because of one that came too early. */
  async #patiently<T>(read: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await read();
      } catch (error) {
        const passes = error instanceof HelperFailure && error.failureClass === 'retry' && error.code !== 'aborted';
        if (!passes || tries === TRIES) throw error;
        await this.#context.clock.sleep(Math.min(error.retryAfterMs ?? PAUSE_MS * tries, LONGEST_PAUSE_MS));
      }
    }
  }

  #open(): Promise<ServiceClient> {
    const { crm, identity } = this.#context;
    this.#client ??= crm.platform().then((platform) =>
      openService(
        this.#context,
        {
          slug: platform === 'sandbox' ? 'sandbox' : 'keap',
          name: 'Keap',
          baseUrl: 'https://api.infusionsoft.com/crm/rest/v2',
          sign: bearer,
        },
        identity.connectionId,
      ),
    );
    return this.#client;
  }
}
