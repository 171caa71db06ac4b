import type { CrmStore } from './crm-store.js';
import type { EmailStatus, EmailStatusRecord } from './records.js';

const OPTED_IN: ReadonlySet<EmailStatus> = new Set([
  'UNENGAGED_MARKETABLE',
  'SINGLE_OPT_IN',
  'DOUBLE_OPT_IN',
  'CONFIRMED',
]);

/** Addresses in these states may be opted in again; what a recipient or a mail server decided stays. */
const CAN_OPT_IN: ReadonlySet<EmailStatus> = new Set([
  'UNENGAGED_MARKETABLE',
  'UNENGAGED_NON_MARKETABLE',
  'NON_MARKETABLE',
  'MANUAL',
]);

/** Addresses whose local part ends so have a state that no request can change, to try that case. */
const FIXED: readonly [ending: string, status: EmailStatus][] = [
  ['+unsubscribed', 'LIST_UNSUBSCRIBE'],
  ['+bounced', 'HARD_BOUNCE'],
];

export function isOptedIn(status: EmailStatus): boolean {
  return OPTED_IN.has(status);
}

/** The state of an address; one that was never touched is marketable but unengaged. */
export function emailStatusOf(store: CrmStore, address: string): EmailStatusRecord {
  const id = address.toLowerCase();
  const known = store.emailStatuses.get(id);
  if (known !== undefined) return known;
  const [local = ''] = id.split('@');
  const fixed = FIXED.find(([ending]) => local.endsWith(ending));
  return { id, status: fixed?.[1] ?? 'UNENGAGED_MARKETABLE', reason: '', createdAt: Date.UTC(2025, 0, 6, 9) };
}

/** Opts an address in or out; the answer tells whether that was allowed. */
export function setOptIn(store: CrmStore, address: string, optIn: boolean, reason: string): EmailStatusRecord {
  const before = emailStatusOf(store, address);
  const allowed = optIn ? CAN_OPT_IN.has(before.status) : CAN_OPT_IN.has(before.status) || isOptedIn(before.status);
  if (!allowed) return before;
  const after: EmailStatusRecord = { ...before, status: optIn ? 'SINGLE_OPT_IN' : 'MANUAL', reason };
  store.emailStatuses.put(after);
  return after;
}
