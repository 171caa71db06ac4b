import type { FieldValue } from '../_kit/contact.js';
import type { KeapAddress, KeapContact, KeapCustomValue, KeapEmail, KeapPhone } from './schemas.js';
import { FIRST_EMAIL, FIRST_PHONE, MAIN_ADDRESS } from './contact-mapper.js';
import { DATE_SCALARS, isAddressPart, isEmailSlot, isPhoneSlot, SCALARS, type AddressPart } from './contact-fields.js';

/** A change of one contact: the properties named in the mask get the body's values. */
export interface ContactPatch {
  mask: string[];
  body: Record<string, unknown>;
}

/** Fields whose property is a list that Keap replaces as a whole: the contact must be read before they are changed. */
export function needsContact(key: string): boolean {
  return SCALARS[key] === undefined && key !== 'company';
}

/**
 * The patch that sets some fields.
 * @param values vendor keys and values; null and '' clear
 * @param current the contact as it is; needed when any key `needsContact`
 * @param companyId the company's id where `company` is set, undefined to take the contact out of its company
 */
export function contactPatch(
  values: Readonly<Record<string, FieldValue>>,
  current: KeapContact | undefined,
  companyId: string | undefined,
): ContactPatch {
  const body: Record<string, unknown> = {};
  const mask = new Set<string>();
  const lists = new ReplacedLists(current);

  for (const [key, value] of Object.entries(values)) {
    const text = textOf(value);
    const scalar = SCALARS[key];
    if (scalar !== undefined) {
      mask.add(scalar);
      if (text !== '' || !DATE_SCALARS.has(key)) body[scalar] = text;
    } else if (key === 'company') {
      mask.add('company');
      if (companyId !== undefined) body['company'] = { id: companyId };
    } else {
      const [property, list] = lists.set(key, value, text);
      mask.add(property);
      body[property] = list;
    }
  }
  return { mask: [...mask], body };
}

/** The lists of a contact with changes applied: one slot or value changes, all others go back as they were. */
class ReplacedLists {
  readonly #emails: KeapEmail[];
  readonly #phones: KeapPhone[];
  readonly #addresses: KeapAddress[];
  readonly #custom: KeapCustomValue[];

  constructor(current: KeapContact | undefined) {
    this.#emails = [...(current?.email_addresses ?? [])];
    this.#phones = [...(current?.phone_numbers ?? [])];
    this.#addresses = [...(current?.addresses ?? [])];
    this.#custom = [...(current?.custom_fields ?? [])];
  }

  set(key: string, value: FieldValue, text: string): [property: string, list: unknown[]] {
    if (key === 'email' || isEmailSlot(key)) {
      const field = key === 'email' ? FIRST_EMAIL : key;
      replaceSlot(this.#emails, field, text === '' ? undefined : { field, email: text });
      return ['email_addresses', this.#emails.map(withoutStatus)];
    }
    if (key === 'phone' || isPhoneSlot(key)) {
      const field = key === 'phone' ? FIRST_PHONE : key;
      replaceSlot(this.#phones, field, text === '' ? undefined : { field, number: text });
      return ['phone_numbers', this.#phones.map(withoutEmpty)];
    }
    if (isAddressPart(key)) {
      this.#setAddressPart(key, text);
      return ['addresses', this.#addresses.map(withoutEmpty)];
    }
    this.#setCustom(key, value);
    return ['custom_fields', this.#custom];
  }

  #setAddressPart(part: AddressPart, text: string): void {
    const index = this.#addresses.findIndex(({ field }) => field === MAIN_ADDRESS);
    const address = { ...(this.#addresses[index] ?? { field: MAIN_ADDRESS }), [part]: text };
    // The same part under its other names would win over the new value.
    if (part === 'region') delete address.region_code;
    if (part === 'postal_code') {
      delete address.zip_code;
      delete address.zip_four;
    }
    if (part === 'country_code') delete address['country'];
    if (index === -1) this.#addresses.push(address);
    else this.#addresses[index] = address;
  }

  #setCustom(id: string, value: FieldValue): void {
    const index = this.#custom.findIndex((custom) => custom.id === id);
    const content = value === '' ? null : value;
    if (index === -1) this.#custom.push({ id, content });
    else this.#custom[index] = { id, content };
  }
}

function replaceSlot<T extends { field?: string | null | undefined }>(
  slots: T[],
  field: string,
  change: T | undefined,
): void {
  const index = slots.findIndex((slot) => slot.field === field);
  if (index === -1) {
    if (change !== undefined) slots.push(change);
  } else if (change === undefined) slots.splice(index, 1);
  else slots[index] = { ...slots[index], ...change };
}

/** The status of an address is Keap's to say and no part of a request. */
function withoutStatus({ email_opt_status: _status, ...email }: KeapEmail): Partial<KeapEmail> {
  return withoutEmpty(email);
}

function withoutEmpty<T extends object>(item: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(item).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  ) as Partial<T>;
}

/** Texts as Keap's text properties take them. */
function textOf(value: FieldValue): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.join(',') : String(value);
}
