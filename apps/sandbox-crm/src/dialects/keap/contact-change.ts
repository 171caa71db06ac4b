import type { CrmStore } from '../../store/crm-store.js';
import { toFieldValue } from '../../store/field-values.js';
import type { AddressKind, ContactRecord, FieldValue, PostalAddress } from '../../store/records.js';
import { Refusal } from '../dialect.js';
import { isObject, objects, text, type Input } from '../input.js';
import { EXTRA_TEXTS } from './contact-properties.js';

const ADDRESS_KINDS: Readonly<Record<string, AddressKind>> = {
  BILLING: 'billing',
  SHIPPING: 'shipping',
  OTHER: 'other',
};
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What a request changed: the properties it named, and the custom fields that now hold something else. */
export interface Change {
  properties: string[];
  fields: FieldChange[];
}

export interface FieldChange {
  field: string;
  label: string;
  before: FieldValue | null;
  value: FieldValue | null;
}

/** Applies one checked property to a draft. */
type Setter = (draft: ContactRecord, input: Input, store: CrmStore) => void;

const SETTERS: Readonly<Record<string, Setter>> = {
  given_name: (draft, input) => void (draft.firstName = text(input, 'given_name', 40) ?? ''),
  family_name: (draft, input) => void (draft.lastName = text(input, 'family_name', 40) ?? ''),
  job_title: (draft, input) => void (draft.jobTitle = text(input, 'job_title', 255) ?? ''),
  website: (draft, input) => void (draft.website = text(input, 'website', 100) ?? ''),
  birth_date: (draft, input) => void (draft.birthday = day(input, 'birth_date')),
  anniversary_date: (draft, input) => void (draft.anniversary = day(input, 'anniversary_date')),
  owner_id: (draft, input, store) => void (draft.ownerId = reference(input, 'owner_id', store.users)),
  leadsource_id: (draft, input, store) =>
    void (draft.leadSourceId = reference(input, 'leadsource_id', store.leadSources)),
  company: setCompany,
  email_addresses: (draft, input) => void (draft.emails = emails(input)),
  phone_numbers: (draft, input) => void (draft.phones = phones(input)),
  addresses: (draft, input) => void (draft.addresses = addresses(input)),
  custom_fields: setCustomFields,
};

/**
 * Applies the properties of a request body to a contact. Arrays replace what was there as a whole, except custom
 * fields, which are kept by id. `mask` limits the change to some properties: one that the mask names and the body
 * lacks is cleared. Nothing is changed when any property is refused.
 */
export function changeContact(
  contact: ContactRecord,
  input: Input,
  mask: ReadonlySet<string> | undefined,
  store: CrmStore,
): Change {
  const draft: ContactRecord = { ...contact, fields: { ...contact.fields } };
  const names = mask === undefined ? Object.keys(input) : [...mask];
  const properties: string[] = [];
  for (const name of names) {
    const setter = SETTERS[name];
    if (setter !== undefined) setter(draft, input, store);
    else if (name in EXTRA_TEXTS) setExtra(draft, input, name);
    else continue;
    properties.push(name);
  }
  const fields = differingFields(contact, draft, store);
  Object.assign(contact, draft);
  return { properties, fields };
}

function differingFields(before: ContactRecord, after: ContactRecord, store: CrmStore): FieldChange[] {
  const ids = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  return [...ids].flatMap((id) => {
    const [was, is] = [before.fields[id] ?? null, after.fields[id] ?? null];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [{ field: id, label: store.customFields.get(id)?.label ?? '', before: was, value: is }];
  });
}

function setExtra(draft: ContactRecord, input: Input, name: string): void {
  draft.extra = { ...draft.extra, [name]: text(input, name, EXTRA_TEXTS[name]) };
}

function day(input: Input, name: string): string {
  const value = text(input, name) ?? '';
  if (value !== '' && !DAY.test(value)) throw new Refusal(400, `${name} must be a date like 2026-01-31`, name);
  return value;
}

function reference(input: Input, name: string, records: { has(id: string): boolean }): string {
  const id = text(input, name) ?? '';
  if (id !== '' && !records.has(id)) throw new Refusal(400, `${name} ${id} does not exist`, name);
  return id;
}

function setCompany(draft: ContactRecord, input: Input, store: CrmStore): void {
  const { company } = input;
  if (company === undefined || company === null) {
    draft.companyId = '';
    return;
  }
  if (!isObject(company)) throw new Refusal(400, 'company must be an object with an id', 'company');
  draft.companyId = reference(company, 'id', store.companies);
  if (draft.companyId === '') throw new Refusal(400, 'company.id is required', 'company');
}

function emails(input: Input): ContactRecord['emails'] {
  return (objects(input, 'email_addresses') ?? []).map((item, index) => {
    const slot = slotOf(item, 'EMAIL', 3, index);
    const address = text(item, 'email', slot === 1 ? 75 : 100) ?? '';
    if (!EMAIL.test(address)) throw new Refusal(400, `"${address}" is not an e-mail address`, 'email_addresses');
    const reason = text(item, 'opt_in_reason');
    return { slot, address, ...(reason === undefined ? {} : { optInReason: reason }) };
  });
}

function phones(input: Input): ContactRecord['phones'] {
  return (objects(input, 'phone_numbers') ?? []).map((item, index) => {
    const slot = slotOf(item, 'PHONE', 5, index);
    const number = text(item, 'number', slot <= 3 ? 40 : 20) ?? '';
    return { slot, number, type: text(item, 'type') ?? '', extension: text(item, 'extension') ?? '' };
  });
}

/** `EMAIL2` is slot 2; an item without a slot takes the one of its place in the list. */
function slotOf(item: Input, prefix: string, count: number, index: number): number {
  const field = text(item, 'field') ?? `${prefix}${index + 1}`;
  const slot = field.startsWith(prefix) ? Number(field.slice(prefix.length)) : Number.NaN;
  if (Number.isInteger(slot) && slot >= 1 && slot <= count) return slot;
  throw new Refusal(400, `field must be one of ${prefix}1 to ${prefix}${count}`, 'field');
}

function addresses(input: Input): PostalAddress[] {
  return (objects(input, 'addresses') ?? []).map((item) => {
    const kind = ADDRESS_KINDS[text(item, 'field') ?? ''];
    if (kind === undefined) throw new Refusal(400, 'addresses.field must be BILLING, SHIPPING or OTHER', 'addresses');
    const region = text(item, 'region') ?? text(item, 'region_code') ?? '';
    const countryCode = text(item, 'country_code') ?? '';
    if (region !== '' && countryCode === '') {
      throw new Refusal(400, 'country_code is required when region is given', 'addresses');
    }
    if (countryCode !== '' && !/^[A-Z]{3}$/.test(countryCode)) {
      throw new Refusal(400, 'country_code must be an ISO 3166 alpha-3 code', 'addresses');
    }
    const city = text(item, 'locality') ?? '';
    const postalCode = text(item, 'postal_code') ?? text(item, 'zip_code') ?? '';
    return {
      kind,
      line1: text(item, 'line1') ?? '',
      line2: text(item, 'line2') ?? '',
      city,
      region,
      postalCode,
      countryCode,
    };
  });
}

function setCustomFields(draft: ContactRecord, input: Input, store: CrmStore): void {
  for (const item of objects(input, 'custom_fields') ?? []) {
    const id = text(item, 'id') ?? '';
    const field = store.customFields.get(id);
    if (field === undefined) throw new Refusal(400, `Custom field ${id} does not exist`, 'custom_fields');
    const value = toFieldValue(field, item['content']);
    if (value === undefined) {
      throw new Refusal(400, `Custom field ${id} (${field.label}) cannot hold this value`, 'custom_fields');
    }
    if (value === null) delete draft.fields[id];
    else draft.fields[id] = value;
  }
}
