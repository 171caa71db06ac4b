import { emailStatusOf, isOptedIn } from '../../store/email-status.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { AddressKind, ContactRecord, PostalAddress } from '../../store/records.js';
import { isoTime } from '../../store/iso-time.js';

export type WireContact = Record<string, unknown>;

type Reader = (contact: ContactRecord, store: CrmStore) => unknown;

const ADDRESS_FIELDS: Record<AddressKind, string> = { billing: 'BILLING', shipping: 'SHIPPING', other: 'OTHER' };

/** How each property is read; undefined and empty texts are left out of the answer. */
const READERS: Readonly<Record<string, Reader>> = {
  id: (contact) => contact.id,
  given_name: (contact) => contact.firstName,
  family_name: (contact) => contact.lastName,
  email_addresses: (contact, store) => contact.emails.map((slot) => emailView(slot, store)),
  phone_numbers: (contact) => contact.phones.map(phoneView),
  addresses: (contact) => contact.addresses.map(addressView),
  company: companyView,
  job_title: (contact) => contact.jobTitle,
  website: (contact) => contact.website,
  birth_date: (contact) => contact.birthday,
  anniversary_date: (contact) => contact.anniversary,
  owner_id: (contact) => contact.ownerId,
  leadsource_id: (contact) => contact.leadSourceId,
  score_value: (contact) => String(contact.score),
  tag_ids: (contact) => contact.tags.map((tag) => tag.tagId),
  custom_fields: (contact) => Object.entries(contact.fields).map(([id, content]) => ({ id, content })),
  create_time: (contact) => isoTime(contact.createdAt),
  update_time: (contact) => isoTime(contact.updatedAt),
  links: () => [],
};

/** A contact with the named properties. */
export function contactView(contact: ContactRecord, fields: readonly string[], store: CrmStore): WireContact {
  const view: WireContact = { id: contact.id };
  for (const field of fields) {
    const value = READERS[field]?.(contact, store) ?? contact.extra?.[field];
    if (value !== undefined && value !== '') view[field] = value;
  }
  return view;
}

function emailView(slot: ContactRecord['emails'][number], store: CrmStore): WireContact {
  const { status } = emailStatusOf(store, slot.address);
  return {
    email: slot.address,
    field: `EMAIL${slot.slot}`,
    is_opt_in: isOptedIn(status),
    email_opt_status: status,
    ...(slot.optInReason === undefined ? {} : { opt_in_reason: slot.optInReason }),
  };
}

function phoneView(phone: ContactRecord['phones'][number]): WireContact {
  const digits = phone.number.replaceAll(/[^\d+]/g, '');
  return {
    number: phone.number,
    field: `PHONE${phone.slot}`,
    ...(/^\+\d{7,15}$/.test(digits) ? { number_e164: digits } : {}),
    ...(phone.type === '' ? {} : { type: phone.type }),
    ...(phone.extension === '' ? {} : { extension: phone.extension }),
  };
}

export function addressView(address: PostalAddress): WireContact {
  return {
    field: ADDRESS_FIELDS[address.kind],
    line1: address.line1,
    line2: address.line2,
    locality: address.city,
    region: address.region,
    postal_code: address.postalCode,
    country_code: address.countryCode,
  };
}

function companyView(contact: ContactRecord, store: CrmStore): unknown {
  const company = store.companies.get(contact.companyId);
  return company === undefined ? undefined : { id: company.id, company_name: company.name };
}
