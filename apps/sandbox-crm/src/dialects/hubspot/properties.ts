import type { CrmStore } from '../../store/crm-store.js';
import { isoTime } from '../../store/iso-time.js';
import type { ContactRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import type { ContactProperty } from './contact-property.js';
import { ownProperties } from './own-properties.js';
import { PropertyRefusal } from './errors.js';
import { setAddressPart, setCompany, setEmail, setExtra, setPhone } from './contact-parts.js';

type Read = ContactProperty['read'];
type Write = NonNullable<ContactProperty['write']>;

const STAGES = ['subscriber', 'lead', 'marketingqualifiedlead', 'opportunity', 'customer'];
const LEAD_STATUSES = ['NEW', 'OPEN', 'IN_PROGRESS', 'UNQUALIFIED'];

function defined(name: string, label: string, read: Read, write?: Write): ContactProperty {
  return { name, label, type: 'string', fieldType: 'text', own: false, options: [], read, ...(write && { write }) };
}

function extraChoice(name: string, label: string, values: readonly string[]): ContactProperty {
  return {
    ...defined(name, label, (contact) => extraOf(contact, name)),
    type: 'enumeration',
    fieldType: 'select',
    options: values.map((value) => ({ value, label: value[0] + value.slice(1).toLowerCase().replaceAll('_', ' ') })),
    write: (draft, value) => {
      if (value !== '' && !values.includes(value)) {
        throw new PropertyRefusal('INVALID_OPTION', name, `${value} was not one of the allowed options`);
      }
      setExtra(draft, name, value);
    },
  };
}

const instantOf = (
  name: string,
  label: string,
  at: (contact: ContactRecord) => number | undefined,
): ContactProperty => ({
  ...defined(name, label, (contact) => {
    const time = at(contact);
    return time === undefined ? '' : isoTime(time);
  }),
  type: 'datetime',
  fieldType: 'date',
});

const extraOf = (contact: ContactRecord, name: string): string => {
  const value = contact.extra?.[name];
  return typeof value === 'string' ? value : '';
};

const addressPart = (name: string, label: string, part: 'line1' | 'city' | 'region' | 'postalCode' | 'countryCode') =>
  defined(
    name,
    label,
    ({ addresses }) => addresses.find(({ kind }) => kind === 'billing')?.[part] ?? '',
    (draft, value) => setAddressPart(draft, part, value),
  );

const phone = (name: string, label: string, slot: number): ContactProperty => ({
  ...defined(
    name,
    label,
    ({ phones }) => phones.find((item) => item.slot === slot)?.number ?? '',
    (draft, value) => setPhone(draft, slot, value),
  ),
  fieldType: 'phonenumber',
});

const DAY_MS = 86_400_000;
/** Everybody with an address got one message a day after they came, and opened and clicked it within hours. */
const sentAt = ({ emails, createdAt }: ContactRecord): number | undefined =>
  emails.length === 0 ? undefined : createdAt + DAY_MS;
const later = (hours: number) => (contact: ContactRecord) => {
  const sent = sentAt(contact);
  return sent === undefined ? undefined : sent + hours * 3_600_000;
};

/** The properties that HubSpot brings along, as far as anybody asks for them. */
const DEFINED: readonly ContactProperty[] = [
  defined(
    'firstname',
    'First Name',
    ({ firstName }) => firstName,
    (draft, value) => void (draft.firstName = value),
  ),
  defined(
    'lastname',
    'Last Name',
    ({ lastName }) => lastName,
    (draft, value) => void (draft.lastName = value),
  ),
  defined('email', 'Email', ({ emails }) => emails[0]?.address ?? '', setEmail),
  defined('hs_additional_emails', 'Additional email addresses', ({ emails }) =>
    emails
      .slice(1)
      .map(({ address }) => address)
      .join(';'),
  ),
  phone('phone', 'Phone Number', 1),
  phone('mobilephone', 'Mobile Phone Number', 2),
  defined('company', 'Company Name', ({ companyId }, store) => store.companies.get(companyId)?.name ?? '', setCompany),
  defined(
    'jobtitle',
    'Job Title',
    ({ jobTitle }) => jobTitle,
    (draft, value) => void (draft.jobTitle = value),
  ),
  defined(
    'website',
    'Website URL',
    ({ website }) => website,
    (draft, value) => void (draft.website = value),
  ),
  defined(
    'date_of_birth',
    'Date of birth',
    ({ birthday }) => birthday,
    (draft, value) => void (draft.birthday = value),
  ),
  addressPart('address', 'Street Address', 'line1'),
  addressPart('city', 'City', 'city'),
  addressPart('state', 'State/Region', 'region'),
  addressPart('zip', 'Postal Code', 'postalCode'),
  addressPart('country', 'Country/Region', 'countryCode'),
  defined(
    'hubspot_owner_id',
    'Contact owner',
    ({ ownerId }) => ownerId,
    (draft, value, store) => {
      if (value !== '' && !store.users.has(value)) {
        throw new PropertyRefusal('INVALID_OWNER_ID', 'hubspot_owner_id', `Owner ${value} does not exist`);
      }
      draft.ownerId = value;
    },
  ),
  extraChoice('lifecyclestage', 'Lifecycle Stage', STAGES),
  extraChoice('hs_lead_status', 'Lead Status', LEAD_STATUSES),
  defined('hs_object_id', 'Record ID', ({ id }) => id),
  instantOf('createdate', 'Create Date', ({ createdAt }) => createdAt),
  instantOf('lastmodifieddate', 'Last Modified Date', ({ updatedAt }) => updatedAt),
  instantOf('hs_email_last_send_date', 'Last marketing email send date', sentAt),
  instantOf('hs_email_last_open_date', 'Last marketing email open date', later(2)),
  instantOf('hs_email_last_click_date', 'Last marketing email click date', later(3)),
];

/** All properties by name, those that the account added included. */
export function propertiesOfContacts(store: CrmStore): ReadonlyMap<string, ContactProperty> {
  return new Map([...DEFINED, ...ownProperties(store)].map((property) => [property.name, property]));
}

export const propertyOperations: readonly Operation[] = [
  { method: 'GET', path: '/crm/v3/properties/contacts', name: 'GetProperties', handle: listProperties },
];

function listProperties({ store }: Call) {
  return { status: 200, body: { results: [...propertiesOfContacts(store).values()].map(propertyView) } };
}

function propertyView({ name, label, type, fieldType, own, options, write }: ContactProperty) {
  return {
    name,
    label,
    type,
    fieldType,
    groupName: own ? 'sandbox_fields' : 'contactinformation',
    description: '',
    options: options.map((option, displayOrder) => ({ ...option, displayOrder, hidden: false })),
    displayOrder: -1,
    hasUniqueValue: name === 'email',
    hidden: false,
    formField: write !== undefined,
    calculated: false,
    externalOptions: name === 'hubspot_owner_id',
    hubspotDefined: !own,
    archived: false,
    modificationMetadata: { archivable: own, readOnlyDefinition: !own, readOnlyValue: write === undefined },
  };
}
