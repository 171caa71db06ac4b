import { isoTime } from '../../store/iso-time.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord } from '../../store/records.js';
import { twoLetters } from './countries.js';
import { customValues } from './custom-values.js';
import { dndSettingsOf } from './do-not-disturb.js';

type Wire = Record<string, unknown>;

export const tagNames = ({ tags }: ContactRecord, store: CrmStore): string[] =>
  tags.flatMap(({ tagId }) => store.tags.get(tagId)?.name.toLowerCase() ?? []);

export const extraText = ({ extra }: ContactRecord, name: string): string => {
  const value = extra?.[name];
  return typeof value === 'string' ? value : '';
};

/** Free text here; what other vendors chose from their list shows by its name until it is written over. */
export const sourceOf = (contact: ContactRecord, store: CrmStore): string =>
  contact.extra?.['source'] === undefined
    ? (store.leadSources.get(contact.leadSourceId)?.name ?? '')
    : extraText(contact, 'source');

/** What single contacts and search results have in common; nothing is said of what is empty. */
function common(contact: ContactRecord, store: CrmStore, locationId: string): Wire {
  const { firstName, lastName } = contact;
  const email = contact.emails[0]?.address ?? '';
  const address = contact.addresses[0];
  const dndSettings = dndSettingsOf(contact, store);
  return {
    id: contact.id,
    locationId,
    firstName,
    firstNameLowerCase: firstName.toLowerCase(),
    lastName,
    lastNameLowerCase: lastName.toLowerCase(),
    email,
    phone: contact.phones[0]?.number ?? '',
    companyName: store.companies.get(contact.companyId)?.name ?? '',
    website: contact.website,
    timezone: extraText(contact, 'timezone'),
    source: sourceOf(contact, store),
    assignedTo: contact.ownerId,
    city: address?.city ?? '',
    state: address?.region ?? '',
    postalCode: address?.postalCode ?? '',
    country: twoLetters(address?.countryCode ?? ''),
    type: 'lead',
    dnd: Object.values(dndSettings).some(({ status }) => status !== 'inactive'),
    dndSettings,
    tags: tagNames(contact, store),
    dateAdded: isoTime(contact.createdAt),
    dateUpdated: isoTime(contact.updatedAt),
  };
}

const withoutEmpty = (wire: Wire): Wire => Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== ''));

export function contactView(contact: ContactRecord, store: CrmStore, locationId: string): Wire {
  const address1 = contact.addresses[0]?.line1 ?? '';
  const emailLowerCase = contact.emails[0]?.address.toLowerCase() ?? '';
  const customFields = customValues(contact, store, 'text');
  const wire = { ...common(contact, store, locationId), emailLowerCase, address1, dateOfBirth: contact.birthday };
  return withoutEmpty({ ...wire, customFields });
}

/** The search calls the first address line `address`, writes days in milliseconds, and names empty values. */
export function foundView(contact: ContactRecord, store: CrmStore, locationId: string, searchAfter: unknown[]): Wire {
  const address = contact.addresses[0]?.line1 ?? '';
  const dateOfBirth = contact.birthday === '' ? '' : Date.parse(contact.birthday);
  const contactName = `${contact.firstName} ${contact.lastName}`.trim().toLowerCase();
  const customFields = customValues(contact, store, 'milliseconds');
  const wire = { ...common(contact, store, locationId), contactName, address, dateOfBirth, customFields, searchAfter };
  return Object.fromEntries(Object.entries(wire).map(([name, value]) => [name, value === '' ? null : value]));
}
