import type { CompanyRecord, ContactRecord } from '../../store/records.js';
import { accountTime } from './wire.js';

const FIRST_ASSOCIATION = 40_000_000;

/** A contact has at most one company, so the association's id follows from the contact's. */
export function accountContactId(contactId: string): string {
  return String(FIRST_ASSOCIATION + Number(contactId));
}

export function contactIdOfAssociation(id: string): string {
  return String(Number(id) - FIRST_ASSOCIATION);
}

export function accountContactView({ id, companyId, jobTitle, updatedAt }: ContactRecord): Record<string, unknown> {
  return {
    id: accountContactId(id),
    contact: id,
    account: companyId,
    jobTitle,
    createdTimestamp: accountTime(updatedAt),
    updatedTimestamp: accountTime(updatedAt),
    links: {},
  };
}

export function accountView({ id, name, website }: CompanyRecord): Record<string, unknown> {
  return { id, name, accountUrl: website === '' ? null : website };
}
