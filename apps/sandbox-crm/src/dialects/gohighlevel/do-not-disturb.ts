import type { CrmStore } from '../../store/crm-store.js';
import { emailStatusOf, isOptedIn, setOptIn } from '../../store/email-status.js';
import type { ContactRecord } from '../../store/records.js';
import { isObject, text, type Input } from '../input.js';
import { invalid } from './errors.js';

type DndStatus = 'active' | 'inactive' | 'permanent';
const STATUSES: ReadonlySet<string> = new Set(['active', 'inactive', 'permanent']);
const CHANNELS = ['Call', 'Email', 'SMS', 'WhatsApp', 'GMB', 'FB'] as const;

/** Where the channels other than e-mail, and contacts without an address, keep their settings. */
const EXTRA = 'gohighlevel_dnd';

/** Active means that the contact does not want to hear anything on the channel. */
export function dndSettingsOf(contact: ContactRecord, store: CrmStore): Record<string, { status: DndStatus }> {
  const kept = contact.extra?.[EXTRA];
  const settings = (isObject(kept) ? kept : {}) as Record<string, { status: DndStatus }>;
  const address = contact.emails[0]?.address;
  return address === undefined ? settings : { ...settings, Email: { status: mailStatus(store, address) } };
}

function mailStatus(store: CrmStore, address: string): DndStatus {
  const { status } = emailStatusOf(store, address);
  if (isOptedIn(status)) return 'inactive';
  return status === 'LIST_UNSUBSCRIBE' || status === 'HARD_BOUNCE' ? 'permanent' : 'active';
}

/** What a request asks of e-mail. */
export interface MailWish {
  optIn: boolean;
  reason: string;
}

/** Checks and keeps the settings of a request; what it asks of e-mail is for the caller to carry out. */
export function takeDndSettings(contact: ContactRecord, input: Input): MailWish | undefined {
  const given = input['dndSettings'];
  if (given === undefined || given === null) return undefined;
  if (!isObject(given)) throw invalid('dndSettings must be an object');
  const settings: Record<string, unknown> = {};
  for (const channel of CHANNELS) {
    const setting = given[channel];
    if (setting === undefined) continue;
    if (!isObject(setting) || !STATUSES.has(String(setting['status']))) {
      throw invalid(`dndSettings.${channel}.status must be one of the following values: active, inactive, permanent`);
    }
    settings[channel] = { status: setting['status'], message: text(setting, 'message') ?? '' };
  }
  const mail = settings['Email'] as { status: DndStatus; message: string } | undefined;
  const before = contact.extra?.[EXTRA];
  contact.extra = { ...contact.extra, [EXTRA]: { ...(isObject(before) ? before : {}), ...settings } };
  return mail === undefined ? undefined : { optIn: mail.status === 'inactive', reason: mail.message };
}

/** Carries out what was asked of e-mail; a state that may not be changed stays, and the request succeeds all the same. */
export function carryOut(wish: MailWish, contact: ContactRecord, store: CrmStore): Record<string, unknown> {
  const address = contact.emails[0]?.address ?? '';
  const status = address === '' ? '' : setOptIn(store, address, wish.optIn, wish.reason).status;
  return { email: address, opted_in: wish.optIn, reason: wish.reason, status };
}
