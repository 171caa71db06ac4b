import type { CustomField, NormalizedContact } from '#connectors';
import { contactField } from '../../_kit/crm/contact-fields.js';
import { fieldText } from '../../_kit/text/field-text.js';

/** One column: its title and the contact field in it. */
export interface SheetColumn {
  column: string;
  field: string;
}

const STANDARD: readonly (SheetColumn & { label: string })[] = [
  { column: 'Id', field: 'Id', label: 'ID' },
  { column: 'FirstName', field: 'FirstName', label: 'First Name' },
  { column: 'LastName', field: 'LastName', label: 'Last Name' },
  { column: 'Email', field: 'Email', label: 'Email' },
  { column: 'Phone', field: 'Phone', label: 'Phone' },
  { column: 'Company', field: 'Company', label: 'Company' },
];

/**
 * The columns of a list of contacts: the standard ones, then every custom field that one of them has, by title.
 * @param labels definitions of the custom fields when titles are their labels; null for keys
 */
export function columnsOf(
  contacts: readonly NormalizedContact[],
  labels: readonly CustomField[] | null,
): SheetColumn[] {
  const keys = new Set(contacts.flatMap(({ custom_fields: custom = {} }) => Object.keys(custom)));
  const titleOf = (key: string): string => labels?.find((field) => field.id === key || field.key === key)?.label ?? key;
  const custom = [...keys].map((key) => ({ column: titleOf(key), field: key }));
  custom.sort((one, other) => (one.column < other.column ? -1 : 1));
  return [
    ...STANDARD.map(({ column, field, label }) => ({ column: labels === null ? column : label, field })),
    ...custom,
  ];
}

/** The contact's cells, in the order of the columns. */
export const rowOf = (contact: NormalizedContact, columns: readonly SheetColumn[]): string[] =>
  columns.map(({ field }) => fieldText(contactField(contact, field)));

const normalized = (title: string): string => title.replace(/[\s_]/g, '').toLowerCase();

/** Where each column lies in a sheet with this header; titles match without letter case, blanks and underscores. */
export const positionsIn = (header: readonly string[], columns: readonly SheetColumn[]): number[] =>
  columns.map(({ column }) => header.findIndex((title) => normalized(title) === normalized(column)));

/** Puts the cells of a row where the header has their columns; other cells stay what they were. */
export function arrange(
  cells: readonly string[],
  positions: readonly number[],
  before: readonly string[] = [],
): string[] {
  const row = [...before];
  for (const [index, position] of positions.entries()) {
    if (position < 0) continue;
    while (row.length <= position) row.push('');
    row[position] = cells[index] ?? '';
  }
  return row;
}
