import type { CrmStore } from '../../store/crm-store.js';
import { toFieldValue } from '../../store/field-values.js';
import type { ContactRecord, CustomFieldRecord, FieldType, FieldValue } from '../../store/records.js';
import { objects, text, type Input } from '../input.js';
import { invalid } from './errors.js';

export const DATA_TYPES: Readonly<Record<FieldType, string>> = {
  text: 'TEXT',
  long_text: 'LARGE_TEXT',
  whole_number: 'NUMERICAL',
  decimal: 'NUMERICAL',
  currency: 'MONETORY',
  percent: 'NUMERICAL',
  date: 'DATE',
  date_time: 'DATE',
  choice: 'SINGLE_OPTIONS',
  radio: 'RADIO',
  multi_choice: 'MULTIPLE_OPTIONS',
  yes_no: 'RADIO',
  website: 'TEXT',
  phone: 'PHONE',
  email: 'EMAIL',
};

/** A field of yes and no is a choice of two words here. */
export const picklistOf = ({ type, options }: CustomFieldRecord): string[] =>
  type === 'yes_no' ? ['Yes', 'No'] : options.map(({ label }) => label);

/** Under `value` on the way out; dates as the page shows them, or in milliseconds as the search does. */
export function customValues(contact: ContactRecord, store: CrmStore, dates: 'text' | 'milliseconds') {
  return Object.entries(contact.fields).map(([id, value]) => ({ id, value: shown(value, store, id, dates) }));
}

function shown(value: FieldValue, store: CrmStore, id: string, dates: 'text' | 'milliseconds'): unknown {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  const type = store.customFields.get(id)?.type;
  const isDate = type === 'date' || type === 'date_time';
  return isDate && dates === 'milliseconds' ? Date.parse(String(value)) : value;
}

/** Under `field_value` on the way in. Fields that are not named stay; unknown ones are dropped without a word. */
export function takeCustomValues(contact: ContactRecord, input: Input, store: CrmStore): void {
  for (const item of objects(input, 'customFields') ?? []) {
    const field = store.customFields.get(text(item, 'id') ?? '');
    if (field === undefined) continue;
    const value = toFieldValue(field, item['field_value']);
    if (value === undefined) throw invalid(`customFields value of ${field.label} is invalid`);
    if (value === null) delete contact.fields[field.id];
    else contact.fields[field.id] = value;
  }
}
