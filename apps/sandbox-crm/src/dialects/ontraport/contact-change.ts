import type { CrmStore } from '../../store/crm-store.js';
import { setOptIn } from '../../store/email-status.js';
import type { ContactRecord, CustomFieldRecord, FieldValue, PostalAddress } from '../../store/records.js';
import { Refusal } from '../dialect.js';
import type { Input } from '../input.js';
import { customField } from './account-fields.js';
import { regionOf, storedCountry } from './option-lists.js';
import { partsOf, scalar } from './rows.js';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type Setter = (draft: ContactRecord, text: string, store: CrmStore) => void;

const SETTERS: Readonly<Record<string, Setter>> = {
  firstname: (draft, text) => void (draft.firstName = text),
  lastname: (draft, text) => void (draft.lastName = text),
  title: (draft, text) => void (draft.jobTitle = text),
  website: (draft, text) => void (draft.website = text),
  email: setEmail,
  office_phone: (draft, text) => setPhone(draft, 1, 'Work', text),
  home_phone: (draft, text) => setPhone(draft, 2, 'Home', text),
  sms_number: (draft, text) => setPhone(draft, 3, 'Mobile', text),
  fax: (draft, text) => setExtra(draft, 'fax', text),
  freferrer: (draft, text) => setExtra(draft, 'freferrer', text),
  company: setCompany,
  birthday: (draft, text) => void (draft.birthday = instant(text)?.slice(0, 10) ?? ''),
  owner: (draft, text, store) => void (draft.ownerId = store.users.has(text) ? text : draft.ownerId),
  address: (draft, text) => setAddress(draft, { line1: text }),
  address2: (draft, text) => setAddress(draft, { line2: text }),
  city: (draft, text) => setAddress(draft, { city: text }),
  state: (draft, text) => setAddress(draft, { region: regionOf(text) }),
  zip: (draft, text) => setAddress(draft, { postalCode: text }),
  country: (draft, text) => setAddress(draft, { countryCode: storedCountry(text) }),
};

export const BULK_MAIL = 'bulk_mail';

/**
 * Applies what a body names to a draft. What it does not know is passed over without a word, and a value that a field
 * cannot hold becomes the nearest one it can.
 * @returns the attributes that were understood
 */
export function applyAttributes(draft: ContactRecord, input: Input, store: CrmStore): string[] {
  const understood: string[] = [];
  for (const [key, value] of Object.entries(input)) {
    const text = scalar(value);
    if (text === undefined) continue;
    const setter = SETTERS[key];
    const field = customField(store, key);
    if (setter !== undefined) setter(draft, text, store);
    else if (field !== undefined) setCustom(draft, field, text);
    else if (key !== BULK_MAIL) continue;
    understood.push(key);
  }
  return understood;
}

/** Only 0 and 1 can be set, and not over what was found out about the address. */
export function applyBulkMail(contact: ContactRecord, value: unknown, store: CrmStore): void {
  const address = contact.emails.find(({ slot }) => slot === 1)?.address;
  const wanted = scalar(value);
  if (address !== undefined && (wanted === '0' || wanted === '1')) setOptIn(store, address, wanted === '1', 'API');
}

function setEmail(draft: ContactRecord, text: string): void {
  if (text !== '' && !EMAIL.test(text)) throw new Refusal(422, 'Invalid email address');
  const others = draft.emails.filter(({ slot }) => slot !== 1);
  draft.emails = text === '' ? others : [{ slot: 1, address: text }, ...others];
}

function setPhone(draft: ContactRecord, slot: number, type: string, number: string): void {
  const others = draft.phones.filter((phone) => phone.slot !== slot);
  const phones = number === '' ? others : [...others, { slot, number, type, extension: '' }];
  draft.phones = phones.toSorted((a, b) => a.slot - b.slot);
}

function setExtra(draft: ContactRecord, name: string, text: string): void {
  draft.extra = { ...draft.extra, [name]: text };
}

/** A contact's company is a text here; the store has records of companies. */
function setCompany(draft: ContactRecord, name: string, store: CrmStore): void {
  const wanted = name.trim().toLowerCase();
  const known = [...store.companies.values()].find((company) => company.name.trim().toLowerCase() === wanted);
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const company = (id: string) => ({ id, name, website: '', phone: '', ...times });
  draft.companyId = wanted === '' ? '' : (known ?? store.companies.create(company)).id;
}

function setAddress(draft: ContactRecord, part: Partial<PostalAddress>): void {
  const empty = {
    kind: 'billing',
    line1: '',
    line2: '',
    city: '',
    region: '',
    postalCode: '',
    countryCode: '',
  } as const;
  const before = draft.addresses.find(({ kind }) => kind === 'billing') ?? empty;
  const others = draft.addresses.filter(({ kind }) => kind !== 'billing');
  draft.addresses = [{ ...before, ...part }, ...others];
}

function setCustom(draft: ContactRecord, field: CustomFieldRecord, text: string): void {
  const value = text === '' ? undefined : held(field, text);
  const { [field.id]: _before, ...others } = draft.fields;
  draft.fields = value === undefined ? others : { ...others, [field.id]: value };
}

function held(field: CustomFieldRecord, text: string): FieldValue | undefined {
  const label = (id: string): string[] => field.options.flatMap((option) => (option.id === id ? [option.label] : []));
  switch (field.type) {
    case 'whole_number':
    case 'decimal':
    case 'percent':
    case 'currency':
      return Number.isFinite(Number(text)) ? Number(text) : 0;
    case 'date':
      return instant(text)?.slice(0, 10);
    case 'date_time':
      return instant(text);
    case 'yes_no':
      return text === '1';
    case 'choice':
    case 'radio':
      return label(text)[0];
    case 'multi_choice':
      return partsOf(text).flatMap(label);
    default:
      return text;
  }
}

/** Unix seconds as ISO 8601; a text that is no number is 0, which means none. */
function instant(text: string): string | undefined {
  const time = Number(text) * 1000;
  return Number.isFinite(time) && time !== 0 ? new Date(time).toISOString() : undefined;
}
