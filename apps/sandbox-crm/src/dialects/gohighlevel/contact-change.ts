import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord, FieldValue, PostalAddress } from '../../store/records.js';
import { requiredTexts, text, type Input } from '../input.js';
import { threeLetters } from './countries.js';
import { takeCustomValues } from './custom-values.js';
import { takeDndSettings, type MailWish } from './do-not-disturb.js';
import { invalid } from './errors.js';
import { companyNamed, tagNamed } from './named-records.js';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const COUNTRY = /^[A-Z]{2}$/;

type Setter = (draft: ContactRecord, input: Input, store: CrmStore) => void;

const SETTERS: Readonly<Record<string, Setter>> = {
  firstName: (draft, input) => void (draft.firstName = given(input, 'firstName')),
  lastName: (draft, input) => void (draft.lastName = given(input, 'lastName')),
  email: setEmail,
  phone: setPhone,
  companyName: (draft, input, store) => void (draft.companyId = companyNamed(store, given(input, 'companyName'))),
  website: (draft, input) => void (draft.website = given(input, 'website')),
  timezone: (draft, input) => setExtra(draft, input, 'timezone'),
  source: (draft, input) => setExtra(draft, input, 'source'),
  dateOfBirth: (draft, input) => void (draft.birthday = day(given(input, 'dateOfBirth'))),
  address1: (draft, input) => setAddress(draft, { line1: given(input, 'address1') }),
  city: (draft, input) => setAddress(draft, { city: given(input, 'city') }),
  state: (draft, input) => setAddress(draft, { region: given(input, 'state') }),
  postalCode: (draft, input) => setAddress(draft, { postalCode: given(input, 'postalCode') }),
  country: setCountry,
  assignedTo: setOwner,
  tags: setTags,
  customFields: (draft, input, store) => takeCustomValues(draft, input, store),
  dndSettings: () => undefined,
};

/** They make records of names that are new, so they come last, when nothing else can be refused. */
const MAKERS: readonly string[] = ['tags', 'companyName'];

/** What a request changed. */
export interface Change {
  properties: string[];
  fields: { field: string; label: string; before: FieldValue | null; value: FieldValue | null }[];
  mail: MailWish | undefined;
}

/**
 * Applies a body to a contact: what it does not name stays, `tags` replaces all tags, custom values are kept by id.
 * Nothing is changed when anything is refused.
 * @param beside properties that the request may have beside those of a contact
 */
export function changeContact(
  contact: ContactRecord,
  input: Input,
  beside: readonly string[],
  store: CrmStore,
): Change {
  const draft: ContactRecord = { ...contact, fields: { ...contact.fields } };
  const properties = Object.keys(input).filter((name) => !beside.includes(name));
  const unknown = properties.find((name) => !Object.hasOwn(SETTERS, name));
  if (unknown !== undefined) throw invalid(`property ${unknown} should not exist`);
  const mail = takeDndSettings(draft, input);
  for (const name of properties.toSorted((a, b) => MAKERS.indexOf(a) - MAKERS.indexOf(b))) {
    SETTERS[name]?.(draft, input, store);
  }
  const fields = Object.keys({ ...contact.fields, ...draft.fields }).flatMap((id) => {
    const [before, value] = [contact.fields[id] ?? null, draft.fields[id] ?? null];
    if (JSON.stringify(before) === JSON.stringify(value)) return [];
    return [{ field: id, label: store.customFields.get(id)?.label ?? '', before, value }];
  });
  Object.assign(contact, draft);
  return { properties, fields, mail };
}

const given = (input: Input, name: string): string => text(input, name)?.trim() ?? '';

function setExtra(draft: ContactRecord, input: Input, name: string): void {
  draft.extra = { ...draft.extra, [name]: given(input, name) };
}

/** The vendor knows one address and one number here; what others keep beside them stays. */
function setEmail(draft: ContactRecord, input: Input): void {
  const address = given(input, 'email');
  if (address !== '' && !EMAIL.test(address)) throw invalid('email must be an email');
  const others = draft.emails.slice(1);
  draft.emails = address === '' ? others : [{ slot: draft.emails[0]?.slot ?? 1, address }, ...others];
}

/** Numbers are kept as +, country and number; ten digits are taken for American ones. */
function setPhone(draft: ContactRecord, input: Input): void {
  const digits = given(input, 'phone').replaceAll(/[^\d+]/g, '');
  const number = /^\d{10}$/.test(digits) ? `+1${digits}` : digits;
  const others = draft.phones.slice(1);
  const first = { slot: draft.phones[0]?.slot ?? 1, number, type: '', extension: '' };
  draft.phones = number === '' ? others : [first, ...others];
}

function setAddress(draft: ContactRecord, part: Partial<PostalAddress>): void {
  const empty = {
    kind: 'billing' as const,
    line1: '',
    line2: '',
    city: '',
    region: '',
    postalCode: '',
    countryCode: '',
  };
  const [first = empty, ...others] = draft.addresses;
  draft.addresses = [{ ...first, ...part }, ...others];
}

function setCountry(draft: ContactRecord, input: Input): void {
  const code = given(input, 'country');
  if (code !== '' && !COUNTRY.test(code)) throw invalid('country must be a valid enum value');
  setAddress(draft, { countryCode: threeLetters(code) });
}

function setOwner(draft: ContactRecord, input: Input, store: CrmStore): void {
  const id = given(input, 'assignedTo');
  if (id !== '' && !store.users.has(id)) throw invalid('assignedTo must be a user of this location');
  draft.ownerId = id;
}

function setTags(draft: ContactRecord, input: Input, store: CrmStore): void {
  const names = Array.isArray(input['tags']) && input['tags'].length === 0 ? [] : requiredTexts(input, 'tags');
  const ids = new Set(names.map((name) => tagNamed(store, name).id));
  draft.tags = [...ids].map((tagId) => draft.tags.find((tag) => tag.tagId === tagId) ?? { tagId, at: Date.now() });
}

/** Year first or last, with any of the four separators; kept as YYYY-MM-DD. */
function day(value: string): string {
  if (value === '') return '';
  const parts = value.slice(0, 10).split(/[-/._]/);
  const [year, month, date] = parts[0]?.length === 4 ? parts : [parts[2], parts[0], parts[1]];
  const written = `${year}-${month}-${date}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written) || Number.isNaN(Date.parse(written))) {
    throw invalid('dateOfBirth must be a valid date');
  }
  return written;
}
