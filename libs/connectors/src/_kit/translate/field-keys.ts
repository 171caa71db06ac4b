import type { CustomField } from '../contact.js';
import type { VendorTraits } from './vendor-traits.js';

/** A field key in the vendor's words; `field` is there when it is a custom field that is known. */
export interface ResolvedKey {
  key: string;
  field?: CustomField;
}

/** Lower case, and only letters and digits: `First Name`, `first_name` and `FirstName` become the same. */
export function plainForm(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The keys of one vendor, prepared once. */
export class StandardKeys {
  readonly #ours: ReadonlyMap<string, string>;
  readonly #theirs: ReadonlySet<string>;
  readonly #plain: ReadonlyMap<string, string>;
  readonly fieldPrefix: string;

  constructor(traits: VendorTraits) {
    this.fieldPrefix = traits.fieldPrefix ?? '';
    const standard = Object.entries(traits.standardFields);
    this.#ours = new Map(standard);
    this.#theirs = new Set([...standard.map(([, key]) => key), ...traits.vendorKeys]);
    this.#plain = new Map([
      ...standard.map(([name, key]) => [plainForm(name), key] as const),
      ...Object.entries(traits.aliases),
    ]);
  }

  /**
   * Our name of a standard field becomes the vendor's key; a key of the vendor stays. Without the second rule a custom
   * field labelled `Email` would win over the standard field at vendors that call it `email`, too.
   */
  exact(key: string): string | undefined {
    return this.#ours.get(key) ?? (this.#theirs.has(key) ? key : undefined);
  }

  /** Other spellings of standard fields, tried after the custom fields. */
  similar(key: string): string | undefined {
    return this.#plain.get(plainForm(key));
  }
}

/** Custom fields by everything they may be called: label first, then key, then a similar key, then id. */
export class CustomFieldIndex {
  readonly #labels = new Map<string, CustomField>();
  readonly #keys = new Map<string, CustomField>();
  readonly #plainKeys = new Map<string, CustomField>();
  readonly #ids = new Map<string, CustomField>();

  /** @param prefix what every key begins with at the vendor; people write keys with and without it */
  constructor(fields: readonly CustomField[], prefix = '') {
    for (const field of fields) {
      const short = field.key.startsWith(prefix) ? field.key.slice(prefix.length) : field.key;
      keepFirst(this.#labels, field.label.trim().toLowerCase(), field);
      for (const key of [field.key, short]) {
        keepFirst(this.#keys, key, field);
        keepFirst(this.#plainKeys, plainForm(key), field);
      }
      keepFirst(this.#ids, field.id, field);
    }
  }

  find(key: string): CustomField | undefined {
    return (
      this.#labels.get(key.trim().toLowerCase()) ??
      this.#keys.get(key) ??
      this.#plainKeys.get(plainForm(key)) ??
      this.#ids.get(key)
    );
  }
}

function keepFirst(map: Map<string, CustomField>, key: string, field: CustomField): void {
  if (key !== '' && !map.has(key)) map.set(key, field);
}
