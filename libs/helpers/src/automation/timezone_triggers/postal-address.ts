import type { NormalizedContact } from '#connectors';
import { fieldText } from '../../_kit/text/field-text.js';

/** Names of the parts of an address among a contact's custom fields, in the order in which they are joined. */
const FIELD_SETS = [
  ['StreetAddress1', 'StreetAddress2', 'City', 'State', 'PostalCode', 'Country'],
  ['Address2Street1', 'Address2Street2', 'City2', 'State2', 'PostalCode2', 'Country2'],
  ['Address3Street1', 'Address3Street2', 'City3', 'State3', 'PostalCode3', 'Country3'],
] as const;

export interface PostalAddress {
  /** All parts in one line. */
  text: string;
  state: string;
  country: string;
}

function join(parts: readonly unknown[]): PostalAddress {
  const texts = parts.map((part) => fieldText(part).trim());
  return { text: texts.filter((text) => text !== '').join(' '), state: texts[3] ?? '', country: texts[5] ?? '' };
}

/**
 * The first address of a contact that has any content: its own one, then those among the custom fields.
 * @returns null when there is none
 */
export function addressOfContact({
  address = {},
  custom_fields: fields = {},
}: NormalizedContact): PostalAddress | null {
  const { line1, line2, city, state, zip, country } = address;
  const candidates = [
    join([line1, line2, city, state, zip, country]),
    ...FIELD_SETS.map((names) => join(names.map((name) => (Object.hasOwn(fields, name) ? fields[name] : '')))),
  ];
  return candidates.find(({ text }) => text !== '') ?? null;
}
