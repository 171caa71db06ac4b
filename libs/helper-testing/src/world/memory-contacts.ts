import type { FieldValue, NormalizedContact, PlatformSlug } from '#connectors';
import type { CaseCrm, VectorCase } from '../vector-case.js';

const READ_FIRST: ReadonlySet<string> = new Set(['first_name', 'last_name', 'email', 'phone', 'company']);
const STANDARD: ReadonlySet<string> = new Set([...READ_FIRST, 'job_title', 'website', 'birthday', 'anniversary']);

/** `Email`, `FirstName`, `Phone1`: CRMs know the standard fields by these names too. */
function standardName(key: string): string {
  const name = key.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
  return name === 'phone1' ? 'phone' : name;
}

type Raw = Record<string, unknown>;

/** The contacts of a case, as values that a run can change. */
export class MemoryContacts {
  readonly #contacts = new Map<string, Raw>();
  readonly #fields: Raw;
  readonly #ownId: string;
  readonly #platform: PlatformSlug;

  constructor({ contact, other_contacts: others = [] }: VectorCase, crm: CaseCrm) {
    this.#ownId = contact.id;
    this.#platform = (crm.platform ?? 'keap') as PlatformSlug;
    this.#fields = structuredClone(crm.fields ?? {});
    for (const each of [contact, ...others]) this.#contacts.set(each.id, structuredClone(each));
  }

  ids(): string[] {
    return [...this.#contacts.keys()];
  }

  has(id: string): boolean {
    return this.#contacts.has(id);
  }

  get(id: string): NormalizedContact {
    const raw = this.#contacts.get(id) ?? {};
    return {
      first_name: '',
      last_name: '',
      email: '',
      tags: [],
      custom_fields: {},
      ...structuredClone(raw),
      id,
      source_crm: this.#platform,
      source_id: id,
    };
  }

  put(id: string, values: Raw): void {
    this.#contacts.set(id, { ...this.#contacts.get(id), ...values, id });
  }

  remove(id: string): void {
    this.#contacts.delete(id);
  }

  /** Looks where a vector says that values lie: given fields, standard fields, custom fields. */
  field(id: string, key: string): FieldValue {
    const contact = this.#contacts.get(id) ?? {};
    if (id === this.#ownId && Object.hasOwn(this.#fields, key)) return this.#fields[key] as FieldValue;
    if (READ_FIRST.has(key) && contact[key] !== undefined) return contact[key] as FieldValue;
    const custom = this.#custom(id);
    if (Object.hasOwn(custom, key)) return (custom[key] ?? null) as FieldValue;
    const name = standardName(key);
    return STANDARD.has(name) ? ((contact[name] ?? null) as FieldValue) : null;
  }

  setField(id: string, key: string, value: FieldValue): void {
    if (id === this.#ownId && Object.hasOwn(this.#fields, key)) this.#fields[key] = value;
    else if (STANDARD.has(key)) this.put(id, { [key]: value });
    else this.put(id, { custom_fields: { ...this.#custom(id), [key]: value } });
  }

  #custom(id: string): Raw {
    return (this.#contacts.get(id)?.['custom_fields'] ?? {}) as Raw;
  }
}
