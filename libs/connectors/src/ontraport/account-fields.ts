import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { ConnectionMemory } from '../_kit/connection-memory.js';
import { isConnectorError, type ConnectorError } from '../_kit/connector-error.js';
import type { CustomField } from '../_kit/contact.js';
import { isCustomKey } from './contact-fields.js';
import { ask, OBJECT, PATHS } from './objects.js';
import { Meta, type FieldMeta } from './schemas.js';

const MEMORY = 'ontraport contact fields';

/** A list that is older than this is read once more for a field that is not on it. */
const RELOAD_AFTER_MS = 30_000;

/** A contact's field as the account has it. */
export interface AccountField {
  key: string;
  label: string;
  type: string;
  editable: boolean;
  /** Labels by the ids under which values are kept. */
  options: ReadonlyMap<string, string>;
}

export type AccountFields = ReadonlyMap<string, AccountField>;

/** The contact fields of a connection's account, remembered for all its runs. */
export class FieldList {
  constructor(
    private readonly client: VendorClient,
    private readonly memory: ConnectionMemory,
  ) {}

  /** @throws ConnectorError `forbidden` when the key's user may not see the list */
  async all(): Promise<AccountFields> {
    const { fields, refusal } = await this.#loaded();
    if (refusal !== undefined) throw refusal;
    return fields;
  }

  /** For reading contacts: whoever may not see the list sees values as they are stored. */
  async forReading(): Promise<AccountFields> {
    return (await this.#loaded()).fields;
  }

  /** Read anew unless what is remembered is as good as new. */
  recent(): Promise<AccountFields> {
    if (this.memory.age(MEMORY) > RELOAD_AFTER_MS) this.memory.forget(MEMORY);
    return this.all();
  }

  /** Whether there is such a field; asked anew where the list may be too old to know it. */
  async find(key: string): Promise<AccountField | undefined> {
    return (await this.all()).get(key) ?? (await this.recent()).get(key);
  }

  #loaded(): Promise<LoadedFields> {
    return this.memory.recall(MEMORY, () => load(this.client).then(withFields, withRefusal));
  }
}

/** A list that may not be seen is remembered, too: it would be refused with every contact. */
interface LoadedFields {
  fields: AccountFields;
  refusal?: ConnectorError;
}

const withFields = (fields: AccountFields): LoadedFields => ({ fields });

function withRefusal(error: unknown): LoadedFields {
  if (isConnectorError(error) && error.kind === 'forbidden') return { fields: new Map(), refusal: error };
  throw error;
}

/** The account's own fields as the product lists them. Their keys are their ids. */
export function customFieldsOf(fields: AccountFields): CustomField[] {
  return [...fields.values()]
    .filter(({ key }) => isCustomKey(key))
    .map(({ key, label, type, options }) => ({
      id: key,
      key,
      label,
      field_type: type,
      ...(options.size > 0 ? { options: [...options.values()] } : {}),
    }));
}

async function load(client: VendorClient): Promise<AccountFields> {
  const { data } = await ask(
    client,
    {
      operation: 'getCustomFields',
      method: 'GET',
      path: PATHS.fields,
      target: 'objects/meta',
      query: { objectID: OBJECT.contact, format: 'byId' },
      repeatable: true,
    },
    Meta,
  );
  const fields = Object.entries(data[String(OBJECT.contact)]?.fields ?? {});
  return new Map(fields.map(([key, meta]) => [key, accountField(key, meta)]));
}

function accountField(key: string, { alias, type, editable, options }: FieldMeta): AccountField {
  return { key, label: alias, type: type.toLowerCase(), editable: isYes(editable), options: optionsOf(options) };
}

/** Flags come as numbers, as texts, or as null. */
function isYes(flag: unknown): boolean {
  return flag === 1 || flag === '1' || flag === true;
}

/** Labels by id; the options of a field without any are an empty text or an empty list. */
function optionsOf(options: unknown): ReadonlyMap<string, string> {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return new Map();
  return new Map(
    Object.entries(options).flatMap(([id, label]: [string, unknown]) =>
      typeof label === 'string' || typeof label === 'number' ? [[id, String(label)] as const] : [],
    ),
  );
}
