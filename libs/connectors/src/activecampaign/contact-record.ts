import type { FieldValue, NormalizedContact, PlatformSlug } from '../_kit/contact.js';
import type { AcContact, SideLoaded } from './schemas.js';

/** Asked for with contacts, so that one call tells all there is to know of them. */
export const INCLUDED = 'contactTags.tag,fieldValues,accountContacts.account,contactLists';

/** A tag on a contact. Removing it takes the id of the association, not of the tag. */
export interface AppliedTag {
  associationId: string;
  tagId: string;
  name: string;
}

/** The company of a contact; the vendor allows one. */
export interface ContactAccount {
  associationId: string;
  accountId: string;
  /** Undefined where the answer names only the id. */
  name: string | undefined;
  jobTitle: string;
}

/** A contact with what came beside it. */
export interface ContactRecord {
  id: string;
  contact: AcContact;
  /** Custom values as the vendor writes them, by field id; undefined where the answer says nothing about them. */
  values: Readonly<Record<string, string>> | undefined;
  /** Undefined where the answer says nothing about tags. */
  tags: readonly AppliedTag[] | undefined;
  account: ContactAccount | undefined;
  lists: readonly { list: string; status: string }[];
}

/** Picks what belongs to a contact out of an answer that may be about several. */
export function contactRecord(contact: AcContact, loaded: SideLoaded): ContactRecord {
  const isOwn = (part: { contact?: string | null | undefined }): boolean => (part.contact ?? contact.id) === contact.id;
  const names = new Map((loaded.tags ?? []).map(({ id, tag }) => [id, tag ?? '']));
  const association = loaded.accountContacts?.find(isOwn);
  return {
    id: contact.id,
    contact,
    values: valuesOf(loaded.fieldValues?.filter(isOwn)),
    tags: loaded.contactTags
      ?.filter(isOwn)
      .map(({ id, tag }) => ({ associationId: id, tagId: tag, name: names.get(tag) ?? '' })),
    account: association && {
      associationId: association.id,
      accountId: association.account,
      name: loaded.accounts?.find(({ id }) => id === association.account)?.name ?? undefined,
      jobTitle: association.jobTitle ?? '',
    },
    lists: (loaded.contactLists ?? []).filter(isOwn).map(({ list, status }) => ({ list, status })),
  };
}

function valuesOf(values: SideLoaded['fieldValues']): Record<string, string> | undefined {
  if (values === undefined || values === null) return undefined;
  return Object.fromEntries(values.map(({ field, value }) => [field, textOf(value)]));
}

/** A contact in the product's shape. */
export function normalizedContact(record: ContactRecord, platform: PlatformSlug): NormalizedContact {
  const { contact, account, values } = record;
  return {
    id: record.id,
    first_name: contact.firstName ?? '',
    last_name: contact.lastName ?? '',
    email: contact.email ?? '',
    ...present({
      phone: contact.phone,
      company: account?.name,
      job_title: account?.jobTitle,
      created_at: instant(contact.cdate),
      updated_at: instant(contact.udate),
    }),
    ...(record.tags === undefined ? {} : { tags: record.tags.map(({ tagId, name }) => ({ id: tagId, name })) }),
    ...(values === undefined ? {} : { custom_fields: customFields(values) }),
    source_crm: platform,
    source_id: record.id,
  };
}

function customFields(values: Readonly<Record<string, string>>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).map(([id, text]) => [id, customValue(text)]));
}

/**
 * A custom value as a value of the product: several choices come as `||A||B||`, and so does one of several. Signs
 * without a choice between them are none.
 */
export function customValue(text: string | undefined): FieldValue {
  if (text === undefined || /^\|*$/.test(text)) return null;
  const several = /^\|\|(.*)\|\|$/s.exec(text)?.[1];
  return several === undefined ? text : several.split('||').filter((item) => item !== '');
}

/** A value of the product as the vendor writes it. */
export function valueText(value: FieldValue): string {
  if (value === null) return '';
  if (!Array.isArray(value)) return String(value);
  return value.length === 0 ? '' : `||${value.join('||')}||`;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function present<K extends string>(values: Record<K, string | null | undefined>): Partial<Record<K, string>> {
  const kept: Partial<Record<K, string>> = {};
  for (const [key, value] of Object.entries<string | null | undefined>(values)) {
    if (value !== undefined && value !== null && value !== '') kept[key as K] = value;
  }
  return kept;
}

/** RFC 3339 in UTC; what is no instant (`0000-00-00` stands for none) is left out. */
function instant(text: string | null | undefined): string | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
