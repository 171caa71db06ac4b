import { DateTime } from 'luxon';
import type { SentEmail } from '#connectors';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { readDate } from '../../_kit/dates/read-date.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { readNumber } from '../../_kit/text/read-number.js';
import type { EngagementConfig } from './email-engagement.config.js';

/** One open or click, and when. */
export interface Reaction {
  kind: 'opens' | 'clicks';
  at: DateTime;
}

/** What is known of a contact's reactions to e-mail. */
export interface EngagementData {
  opens: number;
  clicks: number;
  /** The latest of the dates that were read; null when none is known. */
  last: DateTime | null;
  /** One by one, where the CRM tells them; then they count instead of the numbers. */
  reactions: Reaction[] | null;
}

const KINDS = {
  opens: { count: 'open_count', date: 'last_open_date', latest: 'LastOpenDate', history: 'opened_at' },
  clicks: { count: 'click_count', date: 'last_click_date', latest: 'LastClickDate', history: 'clicked_at' },
  sends: { count: 'send_count', date: 'last_send_date', latest: 'LastSentDate', history: 'sent_at' },
} as const;
type Kind = keyof typeof KINDS;

interface Figure {
  count: number;
  at: DateTime | null;
}

const instant = (value: unknown): DateTime | null => readDate(value, 'UTC')?.at ?? null;

function latest(dates: readonly (DateTime | null)[]): DateTime | null {
  return dates.reduce((known, at) => (at !== null && (known === null || at > known) ? at : known), null);
}

/** From fields of the contact that an automation keeps. */
async function fromFields(crm: ContactCrm, kind: Kind): Promise<Figure> {
  const at = instant(await crm.readField(KINDS[kind].date));
  const count = readNumber(await crm.readField(KINDS[kind].count))?.toNumber() ?? 0;
  return { count: Math.max(0, count), at };
}

/** The latest dates that the CRM keeps for an address: it knows when, not how often, so that a reaction counts once. */
async function fromStatus(crm: ContactCrm, address: string, kind: Kind): Promise<Figure> {
  const at = instant(await crm.readField(`_email_stats.${address}.${KINDS[kind].latest}`));
  return { count: at === null ? 0 : 1, at };
}

function reactionsIn(history: readonly SentEmail[], kinds: readonly Kind[]): Reaction[] {
  return history.flatMap((email) =>
    (['opens', 'clicks'] as const)
      .filter((kind) => kinds.includes(kind))
      .flatMap((kind) => {
        const at = instant(email[KINDS[kind].history]);
        return at === null ? [] : [{ kind, at }];
      }),
  );
}

const isKnown = ({ count, at }: Figure): boolean => at !== null || count > 0;

/** As far back as the score and the trend look. */
function begin({ lookback_days: lookback, trend_analysis: trend }: EngagementConfig, now: Date): Date {
  const days = trend.enabled ? Math.max(lookback, 2 * trend.comparison_days) : lookback;
  return new Date(now.getTime() - days * 86_400_000);
}

/** Reads the fields of the contact and, when they say nothing, what the CRM itself knows of mail to the contact. */
export async function engagementData(crm: ContactCrm, config: EngagementConfig, now: Date): Promise<EngagementData> {
  const { engagement_type: type } = config;
  const kinds: Kind[] = type === 'all' ? ['opens', 'clicks', 'sends'] : [type];
  const found = new Map<Kind, Figure>();
  for (const kind of kinds) found.set(kind, await fromFields(crm, kind));
  const figures = () => ({ opens: found.get('opens')?.count ?? 0, clicks: found.get('clicks')?.count ?? 0 });
  const dates = () => [...found.values()].map(({ at }) => at);
  if ([...found.values()].some(isKnown)) return { ...figures(), last: latest(dates()), reactions: null };

  const address = fieldText(await crm.readField('email')).trim();
  for (const kind of address === '' ? [] : kinds) found.set(kind, await fromStatus(crm, address, kind));
  const history = address === '' ? null : await crm.emailHistory(begin(config, now));
  const reactions = history === null ? null : reactionsIn(history, kinds);
  const all = [...dates(), ...(reactions ?? []).map(({ at }) => at)];
  return { ...figures(), last: latest(all), reactions };
}
