import type { CrmStore } from '../../store/crm-store.js';
import { emailStatusOf } from '../../store/email-status.js';
import type { ContactRecord, CustomFieldRecord, EmailStatus, FieldValue } from '../../store/records.js';
import { fieldKey } from './account-fields.js';
import { countryCode, stateCode } from './option-lists.js';
import { delimited, seconds, type Row } from './rows.js';

const BULK_MAIL: Readonly<Record<EmailStatus, string>> = {
  UNENGAGED_MARKETABLE: '1',
  SINGLE_OPT_IN: '1',
  DOUBLE_OPT_IN: '2',
  CONFIRMED: '2',
  UNENGAGED_NON_MARKETABLE: '0',
  NON_MARKETABLE: '0',
  MANUAL: '0',
  LIST_UNSUBSCRIBE: '-5',
  HARD_BOUNCE: '-2',
};

/** A contact with all its attributes. */
export function contactRow(contact: ContactRecord, store: CrmStore): Row {
  const address = contact.addresses.find(({ kind }) => kind === 'billing');
  const phone = (slot: number): string => contact.phones.find((item) => item.slot === slot)?.number ?? '';
  return {
    id: contact.id,
    owner: contact.ownerId === '' ? '0' : contact.ownerId,
    unique_id: `SBX${contact.id}`,
    firstname: contact.firstName,
    lastname: contact.lastName,
    email: contact.emails.find(({ slot }) => slot === 1)?.address ?? '',
    office_phone: phone(1),
    home_phone: phone(2),
    sms_number: phone(3),
    fax: textOf(contact.extra?.['fax']),
    freferrer: textOf(contact.extra?.['freferrer']),
    company: store.companies.get(contact.companyId)?.name ?? '',
    title: contact.jobTitle,
    website: contact.website,
    birthday: contact.birthday === '' ? '' : seconds(Date.parse(contact.birthday)),
    address: address?.line1 ?? '',
    address2: address?.line2 ?? '',
    city: address?.city ?? '',
    state: stateCode(address?.region ?? ''),
    zip: address?.postalCode ?? '',
    country: countryCode(address?.countryCode ?? ''),
    bulk_mail: bulkMail(contact, store),
    contact_cat: delimited(contact.tags.map(({ tagId }) => tagId)),
    updateCampaign: delimited(automationsOf(contact, store)),
    updateSequence: '',
    date: seconds(contact.createdAt),
    dlm: seconds(contact.updatedAt),
    // Activity is not modification: whoever reads one for the other sees the difference.
    dla: seconds(contact.createdAt),
    ...customValues(contact, store),
  };
}

/** The state of the contact's address; without one there is nobody to send to. */
export function bulkMail(contact: ContactRecord, store: CrmStore): string {
  const address = contact.emails.find(({ slot }) => slot === 1)?.address;
  return address === undefined ? '0' : BULK_MAIL[emailStatusOf(store, address).status];
}

export function customText(field: CustomFieldRecord, value: FieldValue | undefined): string {
  if (value === undefined) return '';
  if (field.type === 'date' || field.type === 'date_time') return seconds(Date.parse(String(value)));
  if (field.type === 'yes_no') return value === true ? '1' : '0';
  const optionId = (label: string): string => field.options.find((option) => option.label === label)?.id ?? label;
  if (Array.isArray(value)) return delimited(value.map(optionId));
  return field.options.length > 0 ? optionId(String(value)) : String(value);
}

function customValues(contact: ContactRecord, store: CrmStore): Row {
  return Object.fromEntries(
    Array.from(store.customFields.values(), (field) => [
      fieldKey(field.id),
      customText(field, contact.fields[field.id]),
    ]),
  );
}

function automationsOf({ id }: ContactRecord, store: CrmStore): string[] {
  return [...store.sequenceMembers.values()]
    .filter(({ contactIds }) => contactIds.includes(id))
    .map((members) => members.id.split(':')[0] ?? '');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
