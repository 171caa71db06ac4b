import type { CrmStore } from '../../store/crm-store.js';
import { emailStatusOf, isOptedIn } from '../../store/email-status.js';
import type { ContactRecord } from '../../store/records.js';
import { accountTime } from './wire.js';

export const UNCONFIRMED = '0';
export const SUBSCRIBED = '1';
export const UNSUBSCRIBED = '2';
export const BOUNCED = '3';

/** The list of everybody: its subscriptions are what the other vendors know as the state of an address. */
export const NEWSLETTER = '1';
export const LISTS = [
  { id: NEWSLETTER, name: 'Newsletter', stringid: 'newsletter' },
  { id: '2', name: 'Product news', stringid: 'product-news' },
] as const;

const EXTRA = 'ac_lists';

/** List id to status; lists that the contact never was on are absent. */
export function subscriptionsOf(contact: ContactRecord, store: CrmStore): Readonly<Record<string, string>> {
  const others = (contact.extra?.[EXTRA] ?? {}) as Record<string, string>;
  const address = contact.emails[0]?.address;
  return address === undefined ? others : { [NEWSLETTER]: newsletterStatus(store, address), ...others };
}

export function setSubscription(contact: ContactRecord, store: CrmStore, list: string, status: string): void {
  const address = contact.emails[0]?.address;
  if (list === NEWSLETTER && address !== undefined) {
    const before = emailStatusOf(store, address);
    store.emailStatuses.put({ ...before, status: status === SUBSCRIBED ? 'SINGLE_OPT_IN' : 'MANUAL' });
    return;
  }
  const others = (contact.extra?.[EXTRA] ?? {}) as Record<string, string>;
  contact.extra = { ...contact.extra, [EXTRA]: { ...others, [list]: status } };
}

export function contactListViews(contact: ContactRecord, store: CrmStore): Record<string, unknown>[] {
  return Object.entries(subscriptionsOf(contact, store)).map(([list, status]) => ({
    id: String(Number(contact.id) * 100 + Number(list)),
    contact: contact.id,
    list,
    status,
    sourceid: '0',
    sdate: accountTime(contact.createdAt),
    udate: accountTime(contact.updatedAt),
    links: {},
  }));
}

function newsletterStatus(store: CrmStore, address: string): string {
  const { status } = emailStatusOf(store, address);
  if (isOptedIn(status)) return SUBSCRIBED;
  if (status === 'HARD_BOUNCE') return BOUNCED;
  return status === 'UNENGAGED_NON_MARKETABLE' ? UNCONFIRMED : UNSUBSCRIBED;
}
