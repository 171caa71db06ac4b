import { isoTime } from '../store/iso-time.js';
import type { CrmStore } from '../store/crm-store.js';
import { emailStatusOf } from '../store/email-status.js';
import type { ContactRecord } from '../store/records.js';

/** A contact with all that belongs to it, in words that are no vendor's. */
export function adminContact(contact: ContactRecord, store: CrmStore): Record<string, unknown> {
  const email = contact.emails[0]?.address ?? '';
  return {
    id: contact.id,
    first_name: contact.firstName,
    last_name: contact.lastName,
    email,
    emails: contact.emails.map(({ slot, address }) => ({
      slot,
      address,
      status: emailStatusOf(store, address).status,
    })),
    phone: contact.phones[0]?.number ?? '',
    phones: contact.phones,
    company: store.companies.get(contact.companyId)?.name ?? '',
    job_title: contact.jobTitle,
    website: contact.website,
    birthday: contact.birthday,
    anniversary: contact.anniversary,
    owner_id: contact.ownerId,
    addresses: contact.addresses,
    tags: contact.tags.map(({ tagId, at }) => ({
      id: tagId,
      name: store.tags.get(tagId)?.name ?? '',
      applied_at: isoTime(at),
    })),
    custom_fields: contact.fields,
    custom_fields_by_label: Object.fromEntries(
      Object.entries(contact.fields).map(([id, value]) => [store.customFields.get(id)?.label ?? id, value]),
    ),
    notes: store.notes.of(contact.id).map(({ id, title, text, type, userId, createdAt }) => ({
      id,
      title,
      text,
      type,
      user_id: userId,
      created_at: isoTime(createdAt),
    })),
    orders: store.orders.of(contact.id).length,
    created_at: isoTime(contact.createdAt),
    updated_at: isoTime(contact.updatedAt),
  };
}
