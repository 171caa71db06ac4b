import type { Answer } from '../../server/answer.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { AddressKind, ContactRecord } from '../../store/records.js';
import type { Call } from '../dialect.js';
import { DEFAULT_PROPERTIES, PROPERTIES } from './contact-properties.js';
import { contactView } from './contact-view.js';
import { customFieldCriterion } from './custom-field-filter.js';
import { byIds, byNumber, byText, byTime, conditionsOf, filtered, type Condition, type Criterion } from './filter.js';
import { fieldsOf, idKey, pageOf, resumeId, type OrderKeys } from './paging.js';

const ORDERS: OrderKeys<ContactRecord> = {
  id: idKey,
  create_time: (contact) => contact.createdAt,
  email: firstAddress,
  update_time: (contact) => contact.updatedAt,
};

export function listContacts(call: Call): Answer {
  const { query, store } = call;
  const fields = fieldsOf(query, PROPERTIES) ?? DEFAULT_PROPERTIES;
  const conditions = conditionsOf(query);
  const phoneFields = conditions.find(({ field }) => field === 'phone_fields')?.value.split(',') ?? [];
  const matching = filtered(
    candidates(conditions, call),
    conditions,
    { ...criteria(store), ...phoneCriteria(phoneFields) },
    customFieldCriterion(store),
  );
  const page = pageOf(matching, query, ORDERS);
  const contacts = page.items.map((contact) => contactView(contact, fields, store));
  return { status: 200, body: { contacts, next_page_token: page.nextPageToken } };
}

/** A whole address is looked up in the index; everything else is tried on all contacts that a page may hold. */
function candidates(conditions: readonly Condition[], { query, store }: Call): Iterable<ContactRecord> {
  const email = conditions.find(({ field, operator }) => field === 'email' && operator === '==')?.value;
  if (email === undefined || email.endsWith('*')) {
    return store.contacts.valuesFrom(resumeId(query, ORDERS) ?? 0);
  }
  return store.contacts.withAddress(email).sort((a, b) => idKey(a) - idKey(b));
}

function criteria(store: CrmStore): Record<string, Criterion<ContactRecord>> {
  return {
    email: byAnyAddress,
    given_name: byText((contact) => contact.firstName),
    family_name: byText((contact) => contact.lastName),
    middle_name: byText((contact) => extraText(contact, 'middle_name')),
    company_id: byText((contact) => contact.companyId),
    ids: byIds((contact) => contact.id),
    contact_ids: byIds((contact) => contact.id),
    contact_id: byNumber(idKey),
    start_update_time: byTime((contact) => contact.updatedAt, 'since'),
    end_update_time: byTime((contact) => contact.updatedAt, 'until'),
    city: byText((contact) => contact.addresses[0]?.city ?? ''),
    state: byText((contact) => contact.addresses[0]?.region ?? ''),
    website: byText((contact) => contact.website),
    lead_source_name: byText((contact) => store.leadSources.get(contact.leadSourceId)?.name ?? ''),
    ...addressCriteria('billing'),
    ...addressCriteria('shipping'),
    ...addressCriteria('other'),
  };
}

function addressCriteria(kind: AddressKind): Record<string, Criterion<ContactRecord>> {
  const of = (contact: ContactRecord) => contact.addresses.find((address) => address.kind === kind);
  return {
    [`${kind}_address_line1`]: byText((contact) => of(contact)?.line1 ?? ''),
    [`${kind}_address_locality`]: byText((contact) => of(contact)?.city ?? ''),
    [`${kind}_address_region`]: byText((contact) => of(contact)?.region ?? ''),
    [`${kind}_address_postal_code`]: byText((contact) => of(contact)?.postalCode ?? ''),
    [`${kind}_address_country_code`]: byText((contact) => of(contact)?.countryCode ?? ''),
  };
}

/** A telephone number is only looked for in the slots that `phone_fields` names. */
function phoneCriteria(fields: readonly string[]): Record<string, Criterion<ContactRecord>> {
  return {
    phone_fields: () => () => true,
    phone_number: ({ operator, value }) =>
      operator === '==' && fields.length > 0
        ? (contact) => contact.phones.some((phone) => phone.number === value && fields.includes(`PHONE${phone.slot}`))
        : undefined,
  };
}

const byAnyAddress: Criterion<ContactRecord> = (condition) => {
  const test = byText<string>((address) => address)(condition);
  return test === undefined ? undefined : (contact) => contact.emails.some(({ address }) => test(address));
};

function extraText(contact: ContactRecord, name: string): string {
  const value = contact.extra?.[name];
  return typeof value === 'string' ? value : '';
}

function firstAddress(contact: ContactRecord): string {
  return contact.emails[0]?.address.toLowerCase() ?? '';
}
