import type { CustomField, FieldValue } from '../contact.js';

/** Our names of a contact's standard fields. */
export const STANDARD_FIELDS = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'company',
  'job_title',
  'website',
  'birthday',
  'anniversary',
  'address1',
  'address2',
  'city',
  'state',
  'zip',
  'country',
  'source',
  'timezone',
  'sms_number',
  'fax',
] as const;
export type StandardField = (typeof STANDARD_FIELDS)[number];

/** How one vendor's fields, tags and values differ from ours: data for the translate layer. */
export interface VendorTraits {
  /** Our name to the vendor's key; a standard field the vendor lacks is left out. */
  standardFields: Readonly<Partial<Record<StandardField, string>>>;
  /** Further keys with a meaning of their own at the vendor, beside those of the table. */
  vendorKeys: readonly string[];
  /** Other spellings of vendor keys that forms and older configurations use, in lower case without signs. */
  aliases: Readonly<Record<string, string>>;
  /** What every custom field's key begins with at the vendor; keys are understood without it, too. */
  fieldPrefix?: string;
  /** Tags have no other identity than their names: text that is in no list of tags is never taken for an id. */
  tagsByName?: boolean;
  /** A vendor's value of a custom field of this type as the product shows it. */
  readValue(field: CustomField, value: FieldValue): FieldValue;
  /** The product's value as the vendor wants it for a custom field of this type. */
  writeValue(field: CustomField, value: FieldValue): FieldValue;
}
