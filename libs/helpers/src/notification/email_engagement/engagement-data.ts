import type { DateTime } from 'luxon';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { readDate } from '../../_kit/dates/read-date.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { readNumber } from '../../_kit/text/read-number.js';
import type { EngagementConfig } from './email-engagement.config.js';

/** What is known of a contact's reactions to e-mail. */
export interface EngagementData {
  opens: number;
  clicks: number;
  /** The latest of the dates that were read; null when none is known. */
  last: DateTime | null;
}

const KINDS = {
  opens: { count: 'open_count', date: 'last_open_date', history: 'LastOpenDate' },
  clicks: { count: 'click_count', date: 'last_click_date', history: 'LastClickDate' },
  sends: { count: 'send_count', date: 'last_send_date', history: 'LastSentDate' },
} as const;
type Kind = keyof typeof KINDS;

interface Reaction {
  count: number;
  at: DateTime | null;
}

/** From fields of the contact that an automation keeps. */
async function fromFields(crm: ContactCrm, kind: Kind): Promise<Reaction> {
  const at = readDate(await crm.readField(KINDS[kind].date), 'UTC')?.at ?? null;
  const count = readNumber(await crm.readField(KINDS[kind].count))?.toNumber() ?? 0;
  return { count: Math.max(0, count), at };
}

/** From the CRM's own mail history: it knows when, not how often, so that a reaction counts once. */
async function fromHistory(crm: ContactCrm, address: string, kind: Kind): Promise<Reaction> {
  const value = await crm.readField(`_email_stats.${address}.${KINDS[kind].history}`);
  const at = readDate(value, 'UTC')?.at ?? null;
  return { count: at === null ? 0 : 1, at };
}

const isKnown = ({ count, at }: Reaction): boolean => at !== null || count > 0;

/** Reads the fields of the contact, and the mail history of the CRM when they say nothing. */
export async function engagementData(
  crm: ContactCrm,
  type: EngagementConfig['engagement_type'],
): Promise<EngagementData> {
  const kinds: Kind[] = type === 'all' ? ['opens', 'clicks', 'sends'] : [type];
  const found = new Map<Kind, Reaction>();
  for (const kind of kinds) found.set(kind, await fromFields(crm, kind));
  if (![...found.values()].some(isKnown)) {
    const address = fieldText(await crm.readField('email')).trim();
    for (const kind of address === '' ? [] : kinds) found.set(kind, await fromHistory(crm, address, kind));
  }
  const dates = [...found.values()].flatMap(({ at }) => (at === null ? [] : [at]));
  const last = dates.reduce<DateTime | null>((latest, at) => (latest === null || at > latest ? at : latest), null);
  return { opens: found.get('opens')?.count ?? 0, clicks: found.get('clicks')?.count ?? 0, last };
}
