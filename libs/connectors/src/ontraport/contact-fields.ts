import type { ConnectorOperation } from '../_kit/port.js';

/** Standard attributes that are plain texts: no list of the account's fields is needed to read or to write them. */
export const PLAIN: ReadonlySet<string> = new Set([
  'firstname',
  'lastname',
  'email',
  'office_phone',
  'home_phone',
  'company',
  'title',
  'website',
  'address',
  'address2',
  'city',
  'zip',
  'fax',
]);

/** Attributes that Ontraport keeps itself. Tags, automations and consent have operations of their own. */
const KEPT_BY_ONTRAPORT: ReadonlySet<string> = new Set(['id', 'unique_id', 'date', 'dlm', 'dla', 'ip_addy']);
const OWN_OPERATIONS: Readonly<Record<string, ConnectorOperation>> = {
  contact_cat: 'applyTag',
  updateCampaign: 'triggerAutomation',
  updateSequence: 'triggerAutomation',
  bulk_mail: 'setOptInStatus',
};

/** Attributes that hold Unix seconds whatever the account's fields say. */
export const INSTANTS: ReadonlySet<string> = new Set(['date', 'dlm', 'dla']);

export const BIRTHDAY = 'birthday';
export const SMS_NUMBER = 'sms_number';

const OPTIONS = ['state', 'country'] as const;

/** Attributes that every account has and that are shown as they are stored. */
export const SHOWN_AS_STORED: ReadonlySet<string> = new Set([
  ...PLAIN,
  ...KEPT_BY_ONTRAPORT,
  ...Object.keys(OWN_OPERATIONS),
  SMS_NUMBER,
  'owner',
  'bulk_sms',
]);

/** Attributes with a meaning of their own; every other key is one of the account's fields. */
export const VENDOR_KEYS: readonly string[] = [...SHOWN_AS_STORED, ...OPTIONS, BIRTHDAY];

/** Whether the account's fields must be known to read this attribute. */
export const needsFields = (key: string): boolean => !SHOWN_AS_STORED.has(key) && key !== BIRTHDAY;

/** Whether the account's fields must be known to understand a contact that has this attribute. */
export const belongsToAccount = (key: string): boolean => isCustomKey(key) || OPTIONS.some((option) => option === key);

/** The account's own fields. Other keys begin with an f, too: `fax`, `freferrer`. */
export const isCustomKey = (key: string): boolean => /^f\d+$/.test(key);

/** @returns a sentence that says why the attribute cannot be set, undefined when it can */
export function whyReadOnly(key: string): string | undefined {
  if (KEPT_BY_ONTRAPORT.has(key)) return `${key} cannot be changed`;
  const operation = OWN_OPERATIONS[key];
  return operation === undefined ? undefined : `${key} is not a field to set; use ${operation}`;
}
