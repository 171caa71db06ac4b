import type { ContactRecord } from '../../store/records.js';
import { accountTime } from './wire.js';

/** One run of a contact through an automation. */
export interface Entry {
  id: string;
  automationId: string;
  at: number;
}

const EXTRA = 'ac_automations';
const ENTRIES_A_CONTACT = 1_000;

/** Kept with the contact: no other vendor lets contacts enter again. */
export function entriesOf(contact: ContactRecord): readonly Entry[] {
  const entries = contact.extra?.[EXTRA];
  return Array.isArray(entries) ? (entries as Entry[]) : [];
}

export function addEntry(contact: ContactRecord, automationId: string): Entry {
  const before = entriesOf(contact);
  const last = Number(before.at(-1)?.id ?? Number(contact.id) * ENTRIES_A_CONTACT);
  const entry = { id: String(last + 1), automationId, at: Date.now() };
  contact.extra = { ...contact.extra, [EXTRA]: [...before, entry] };
  return entry;
}

export function removeEntry(contact: ContactRecord, id: string): void {
  contact.extra = { ...contact.extra, [EXTRA]: entriesOf(contact).filter((entry) => entry.id !== id) };
}

export function contactIdOfEntry(id: string): string {
  return String(Math.floor(Number(id) / ENTRIES_A_CONTACT));
}

export function entryView(contactId: string, { id, automationId, at }: Entry): Record<string, unknown> {
  return {
    id,
    contact: contactId,
    automation: automationId,
    seriesid: automationId,
    startid: '0',
    status: '1',
    adddate: accountTime(at),
    remdate: null,
    completed: 0,
    links: {},
  };
}
