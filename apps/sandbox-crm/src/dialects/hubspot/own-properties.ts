import type { CrmStore } from '../../store/crm-store.js';
import { toFieldValue } from '../../store/field-values.js';
import type { CustomFieldRecord, FieldType, FieldValue } from '../../store/records.js';
import { PropertyRefusal } from './errors.js';
import type { ContactProperty, WireOption } from './contact-property.js';

const KINDS: Readonly<Record<FieldType, [type: ContactProperty['type'], fieldType: string]>> = {
  text: ['string', 'text'],
  long_text: ['string', 'textarea'],
  whole_number: ['number', 'number'],
  decimal: ['number', 'number'],
  currency: ['number', 'number'],
  percent: ['number', 'number'],
  date: ['date', 'date'],
  date_time: ['datetime', 'date'],
  choice: ['enumeration', 'select'],
  radio: ['enumeration', 'radio'],
  multi_choice: ['enumeration', 'checkbox'],
  yes_no: ['bool', 'booleancheckbox'],
  website: ['string', 'text'],
  phone: ['phone_number', 'phonenumber'],
  email: ['string', 'text'],
};
const YES_NO: readonly WireOption[] = [
  { label: 'Yes', value: 'true' },
  { label: 'No', value: 'false' },
];
const DAY_MS = 86_400_000;
const EPOCH = /^-?\d{5,16}$/;

/** The account's own fields as HubSpot's properties: values of options are words of their own, apart from the labels. */
export function ownProperties(store: CrmStore): ContactProperty[] {
  return [...store.customFields.values()].map((field) => {
    const [type, fieldType] = KINDS[field.type];
    const options =
      field.type === 'yes_no' ? YES_NO : field.options.map(({ label }) => ({ label, value: word(label) }));
    const name = word(field.label);
    return {
      name,
      label: field.label,
      type,
      fieldType,
      own: true,
      options,
      read: ({ fields }) => textOf(fields[field.id], options),
      write: (draft, text) => {
        const value = valueOf(field, name, type, options, text, draft.fields[field.id]);
        if (value === null) delete draft.fields[field.id];
        else draft.fields[field.id] = value;
      },
    };
  });
}

/** The name of a property or option that HubSpot makes of a label. */
const word = (label: string): string => label.trim().toLowerCase().replaceAll(/\W+/g, '_');

function textOf(value: FieldValue | undefined, options: readonly WireOption[]): string {
  if (value === undefined) return '';
  const stored = (text: string): string => options.find(({ label }) => label === text)?.value ?? text;
  return Array.isArray(value) ? value.map(stored).join(';') : stored(String(value));
}

function valueOf(
  field: CustomFieldRecord,
  name: string,
  type: ContactProperty['type'],
  options: readonly WireOption[],
  text: string,
  before: FieldValue | undefined,
): FieldValue | null {
  if (text === '') return null;
  if (type === 'enumeration') return chosen(field, name, options, text, before);
  if (type === 'bool' && text !== 'true' && text !== 'false') throw invalid(name, 'INVALID_BOOLEAN', text);
  const given = type === 'date' || type === 'datetime' ? dateOf(name, type, text) : text;
  const value = toFieldValue(field, given);
  if (value === undefined) throw invalid(name, type === 'number' ? 'INVALID_LONG' : 'INVALID_VALUE', text);
  return value;
}

/** Labels are no values. A text that begins with a semicolon adds to what is chosen. */
function chosen(
  field: CustomFieldRecord,
  name: string,
  options: readonly WireOption[],
  text: string,
  before: FieldValue | undefined,
): FieldValue {
  const several = field.type === 'multi_choice';
  const labels = (several ? text.split(';').filter((item) => item !== '') : [text]).map((item) => {
    const option = options.find(({ value }) => value === item);
    if (option === undefined) throw invalid(name, 'INVALID_OPTION', item);
    return option.label;
  });
  if (!several) return labels[0] ?? '';
  const kept = text.startsWith(';') && Array.isArray(before) ? before : [];
  return [...new Set([...kept, ...labels])];
}

/** A date is a day or the milliseconds of its beginning in UTC; any other moment is refused. */
function dateOf(name: string, type: 'date' | 'datetime', text: string): string {
  const time = EPOCH.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(time)) throw invalid(name, 'INVALID_DATE', text);
  if (type === 'date' && time % DAY_MS !== 0) throw invalid(name, 'INVALID_DATE', text);
  return new Date(time).toISOString();
}

const invalid = (name: string, code: string, value: string): PropertyRefusal =>
  new PropertyRefusal(code, name, `${value} was not a value that ${name} can hold`);
