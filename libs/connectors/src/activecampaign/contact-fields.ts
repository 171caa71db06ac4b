import type { FieldValue } from '../_kit/contact.js';
import { customValue, type ContactRecord } from './contact-record.js';

/** Properties of a contact that can be written in one request with all its custom values. */
export const WRITABLE = ['email', 'firstName', 'lastName', 'phone'] as const;
type Writable = (typeof WRITABLE)[number];

/** Properties that can be read but not written. */
const READ_ONLY = ['id', 'cdate', 'udate'] as const;
type ReadOnly = (typeof READ_ONLY)[number];

/** Keys with a meaning of their own; every other key is a custom field's id. */
export const VENDOR_KEYS: readonly string[] = [...WRITABLE, ...READ_ONLY, 'orgname', 'jobTitle'];

export const isWritable = (key: string): key is Writable => WRITABLE.some((known) => known === key);
export const isReadOnly = (key: string): key is ReadOnly => READ_ONLY.some((known) => known === key);
/** Fields that live in the contact's association with an account. */
export const isOfAccount = (key: string): key is 'orgname' | 'jobTitle' => key === 'orgname' || key === 'jobTitle';
/** Values are written by the number of their field, never by its tag for texts. */
export const isFieldId = (key: string): boolean => /^\d+$/.test(key);

/** One field of a contact; null where the contact has none of that key. */
export function fieldOf({ contact, account, values }: ContactRecord, key: string): FieldValue {
  if (isWritable(key) || isReadOnly(key)) return textOrNull(contact[key]);
  if (key === 'orgname') return textOrNull(account?.name);
  if (key === 'jobTitle') return textOrNull(account?.jobTitle);
  return customValue(values?.[key]);
}

function textOrNull(value: string | null | undefined): string | null {
  return value === undefined || value === null || value === '' ? null : value;
}
