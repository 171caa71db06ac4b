import type { CrmStore } from '../../store/crm-store.js';
import type { CustomFieldRecord, FieldType } from '../../store/records.js';
import { COUNTRY_OPTIONS, STATE_OPTIONS } from './option-lists.js';

/** Custom fields are numbered on from here, as if others had been there before. */
const FIRST_FIELD = 1000;

const TYPES: Readonly<Record<FieldType, string>> = {
  text: 'text',
  long_text: 'longtext',
  whole_number: 'numeric',
  decimal: 'numeric',
  percent: 'numeric',
  currency: 'price',
  date: 'fulldate',
  date_time: 'timestamp',
  choice: 'drop',
  radio: 'drop',
  multi_choice: 'list',
  yes_no: 'check',
  website: 'url',
  phone: 'phone',
  email: 'email',
};

/** Key, name and type of the fields that every account has. */
const STANDARD =
  'firstname First Name text|lastname Last Name text|email Email email|office_phone Office Phone phone|' +
  'home_phone Home Phone phone|sms_number SMS Number sms|fax Fax phone|company Company text|title Title text|' +
  'website Website url|birthday Birthday fulldate|address Address text|address2 Address 2 text|city City text|' +
  'state State state|zip Zip Code text|country Country country|freferrer First Referrer parent|owner Owner parent|' +
  'bulk_mail Bulk Email Status drop|contact_cat Tags subscription|updateCampaign Automations subscription';

/** Fields that every account has and nobody may set. */
const KEPT =
  'unique_id Unique ID text|date Date Added timestamp|dlm Date Last Modified timestamp|dla Last Activity timestamp';

const OPTIONS: Readonly<Record<string, unknown>> = {
  state: STATE_OPTIONS,
  country: COUNTRY_OPTIONS,
  bulk_mail: { '0': 'Transactional Only', '1': 'Opted-in', '2': 'Confirmed Opt-in', '-2': 'Hard Bounce' },
};

export function fieldKey(fieldId: string): string {
  return `f${FIRST_FIELD + Number(fieldId)}`;
}

/** The custom field of a key; not every key that begins with an f is one. */
export function customField(store: CrmStore, key: string): CustomFieldRecord | undefined {
  return /^f\d+$/.test(key) ? store.customFields.get(String(Number(key.slice(1)) - FIRST_FIELD)) : undefined;
}

/** All fields of contacts. Flags come as texts or as numbers, and what has no options has an empty text of them. */
export function contactFields(store: CrmStore): Record<string, unknown> {
  const standard = entriesOf(STANDARD).map(({ key, alias, type }) => [key, meta(alias, type, '1', '0', OPTIONS[key])]);
  const kept = entriesOf(KEPT).map(({ key, alias, type }) => [key, meta(alias, type, 0, '0', '')]);
  const custom = Array.from(store.customFields.values(), ({ id, label, type, options }) => {
    const labels = Object.fromEntries(options.map((option) => [option.id, option.label]));
    return [fieldKey(id), meta(label, TYPES[type], 1, 1, options.length === 0 ? '' : labels)];
  });
  return Object.fromEntries([...standard, ...kept, ...custom]) as Record<string, unknown>;
}

function meta(alias: string, type: string, editable: unknown, deletable: unknown, options: unknown = '') {
  return { alias, type, required: '0', unique: '0', editable, deletable, options };
}

function entriesOf(text: string): { key: string; alias: string; type: string }[] {
  return text.split('|').map((entry) => {
    const words = entry.split(' ');
    return { key: words[0] ?? '', alias: words.slice(1, -1).join(' '), type: words.at(-1) ?? '' };
  });
}
