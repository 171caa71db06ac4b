import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord } from '../../store/records.js';
import { Refusal } from '../dialect.js';
import { isObject, objects, type Input } from '../input.js';
import { twoLetters } from './countries.js';
import { extraText, sourceOf, tagNames } from './contact-view.js';

export type Test = (contact: ContactRecord) => boolean;
type Reader = (contact: ContactRecord, store: CrmStore) => string[];

const LONGEST_VALUE = 75;
const EQ = ['eq', 'not_eq'];
const PRESENCE = ['exists', 'not_exists'];
const ANY = [...EQ, 'contains', 'not_contains', ...PRESENCE];
const WHOLE = [...EQ, ...PRESENCE];

const one = (text: string): string[] => (text === '' ? [] : [text]);
const address = ({ addresses }: ContactRecord) => addresses[0];

/** What can be filtered, how, and by what of a contact. */
const FIELDS: Readonly<Record<string, [operators: readonly string[], read: Reader]>> = {
  id: [EQ, ({ id }) => [id]],
  contactName: [WHOLE, ({ firstName, lastName }) => one(`${firstName} ${lastName}`.trim().toLowerCase())],
  firstNameLowerCase: [ANY, ({ firstName }) => one(firstName.toLowerCase())],
  lastNameLowerCase: [ANY, ({ lastName }) => one(lastName.toLowerCase())],
  email: [WHOLE, ({ emails }) => one(emails[0]?.address ?? '')],
  phone: [ANY, ({ phones }) => one(phones[0]?.number ?? '')],
  address: [ANY, (contact) => one(address(contact)?.line1 ?? '')],
  city: [ANY, (contact) => one(address(contact)?.city ?? '')],
  state: [ANY, (contact) => one(address(contact)?.region ?? '')],
  postalCode: [ANY, (contact) => one(address(contact)?.postalCode ?? '')],
  country: [WHOLE, (contact) => one(twoLetters(address(contact)?.countryCode ?? ''))],
  companyName: [ANY, ({ companyId }, store) => one(store.companies.get(companyId)?.name ?? '')],
  website: [WHOLE, ({ website }) => one(website)],
  source: [ANY, (contact, store) => one(sourceOf(contact, store))],
  timezone: [WHOLE, (contact) => one(extraText(contact, 'timezone'))],
  assignedTo: [WHOLE, ({ ownerId }) => one(ownerId)],
  tags: [ANY, (contact, store) => tagNames(contact, store)],
};

/** Filters in a list must all hold; a group says whether all or any of its own must. */
export function testOf(input: Input, store: CrmStore): Test {
  const tests = (objects(input, 'filters') ?? []).map((filter) =>
    filter['group'] === undefined ? condition(filter, store) : groupTest(filter, store),
  );
  return (contact) => tests.every((test) => test(contact));
}

function groupTest(group: Input, store: CrmStore): Test {
  const tests = (objects(group, 'filters') ?? []).map((filter) => testOf({ filters: [filter] }, store));
  if (group['group'] === 'OR') return (contact) => tests.some((test) => test(contact));
  if (group['group'] === 'AND') return (contact) => tests.every((test) => test(contact));
  throw new Refusal(400, 'A group is AND or OR');
}

function condition({ field, operator, value }: Input, store: CrmStore): Test {
  const [operators, read] = fieldOf(String(field));
  const name = String(operator);
  if (!operators.includes(name)) throw new Refusal(400, `Invalid operator ${name} for field ${String(field)}`);
  if (name === 'exists') return (contact) => read(contact, store).length > 0;
  if (name === 'not_exists') return (contact) => read(contact, store).length === 0;
  const wanted = wantedTexts(value);
  const matches = (text: string): boolean =>
    name.endsWith('contains') ? wanted.some((each) => text.includes(each)) : wanted.includes(text);
  const found: Test = (contact) => read(contact, store).some((text) => matches(text.toLowerCase()));
  return name.startsWith('not_') ? (contact) => !found(contact) : found;
}

/** Custom fields are asked by `customFields.<id>`. */
function fieldOf(field: string): [readonly string[], Reader] {
  const known = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
  if (known !== undefined) return known;
  const [, id] = /^customFields\.(.+)$/.exec(field) ?? [];
  if (id === undefined) throw new Refusal(400, `Invalid field: ${field}`);
  return [ANY, ({ fields }) => [fields[id] ?? []].flat().map(String)];
}

function wantedTexts(value: unknown): string[] {
  if (isObject(value) || value === undefined || value === null) throw new Refusal(400, 'A filter needs a value');
  const texts = (Array.isArray(value) ? value : [value]).map((each) => String(each).toLowerCase());
  if (texts.some((text) => text.length > LONGEST_VALUE)) {
    throw new Refusal(400, `A value must not be longer than ${LONGEST_VALUE} characters`);
  }
  return texts;
}
