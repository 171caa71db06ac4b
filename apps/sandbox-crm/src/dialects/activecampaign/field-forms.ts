import { toFieldValue } from '../../store/field-values.js';
import type { ContactRecord, CustomFieldRecord, FieldOption, FieldType, FieldValue } from '../../store/records.js';
import { invalid } from './errors.js';
import { accountTime } from './wire.js';

/** The vendor has no numbers and no yes or no: those are texts and choices there. */
const TYPES: Readonly<Partial<Record<FieldType, string>>> = {
  long_text: 'textarea',
  date: 'date',
  date_time: 'datetime',
  choice: 'dropdown',
  radio: 'radio',
  multi_choice: 'listbox',
  yes_no: 'radio',
};

const YES_NO: readonly FieldOption[] = [
  { id: '1', label: 'Yes' },
  { id: '2', label: 'No' },
];

export function typeOf({ type }: CustomFieldRecord): string {
  return TYPES[type] ?? 'text';
}

export function optionsOf({ type, options }: CustomFieldRecord): readonly FieldOption[] {
  return type === 'yes_no' ? YES_NO : options;
}

/** A value as the vendor writes it: every value is a text, several choices are `||A||B||`. */
export function wireValue(field: CustomFieldRecord | undefined, value: FieldValue): string {
  if (Array.isArray(value)) return `||${value.join('||')}||`;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (field?.type === 'date_time') return accountTime(Date.parse(String(value)));
  return String(value);
}

/** What the store keeps for a text of the vendor; null clears. */
export function storedValue(field: CustomFieldRecord, text: string): FieldValue | null {
  const several = /^\|\|(.*)\|\|$/s.exec(text)?.[1]?.split('||');
  const value = toFieldValue(field, field.type === 'multi_choice' ? (several ?? [text]).filter(Boolean) : text);
  if (value === undefined) throw invalid('fieldValues', `${field.label} cannot hold this value`);
  return value;
}

const FIELDS_A_CONTACT = 1_000;

/** A contact's value of a field has an id of its own. */
export function valueId(contact: ContactRecord, fieldId: string): string {
  return String(Number(contact.id) * FIELDS_A_CONTACT + Number(fieldId));
}
