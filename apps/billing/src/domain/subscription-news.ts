import { PLANS } from '#contracts';
import type { PlanId } from '#contracts';
import type { KnownSubscription } from './known-subscription.js';
import type { Standing } from './standing.js';

/** An invoice as the payment provider has it at the moment of asking; amounts in minor units. */
export interface KnownInvoice {
  readonly id: string;
  readonly status: string;
  readonly number: string | undefined;
  readonly currency: string;
  readonly amount_due: number;
  readonly amount_paid: number;
  /** How often collecting it was tried. */
  readonly attempts: number;
  /** Whether it is collected without anybody doing something. */
  readonly automatic: boolean;
  readonly created_at: Date;
  readonly due_at: Date | undefined;
  readonly url: string | undefined;
}

/** What an account is told about its subscription. */
export type News =
  | { kind: 'welcome'; trialEndsAt: Date | null }
  | { kind: 'changed'; change: 'upgraded' | 'downgraded' | 'changed' | 'resumed'; plan: PlanId; former?: PlanId }
  | { kind: 'cancelled'; endsAt: Date }
  | { kind: 'trial_ending'; endsAt: Date }
  | { kind: 'payment_failed' | 'payment_succeeded' | 'invoiced'; invoice: KnownInvoice };

/** News, and the name under which it is remembered as told. */
export type KeyedNews = News & { key: string };

/** Where a subscription stood when it was looked at last, and where it stands now. */
export interface Look {
  before: { plan: PlanId; known: KnownSubscription | undefined; told: readonly string[] };
  known: KnownSubscription;
  standing: Standing;
  invoices: readonly KnownInvoice[];
  at: Date;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** The provider announces the end of a trial three days before; its clock and ours may differ. */
const TRIAL_NOTICE_MS = 3 * DAY_MS + 60 * 60 * 1_000;
/** Such an end came as announced, whatever the clocks say. */
const SOON_MS = 60 * 60 * 1_000;
/** A payment that we hear of later than this is no news: the subscription was taken over from elsewhere. */
const LATE_MS = 7 * DAY_MS;

/** What is new since the last look and was not told yet. It follows from states, so a lost event loses no news. */
export function newsOf(look: Look): KeyedNews[] {
  const all = [...lifeNews(look), ...planNews(look), ...trialNews(look), ...look.invoices.flatMap(invoiceNews(look))];
  return all.filter(({ key }) => !look.before.told.includes(key));
}

const GIVING: ReadonlySet<string> = new Set(['active', 'trialing', 'past_due']);

function lifeNews({ before, known, at }: Look): KeyedNews[] {
  const former = before.known?.id === known.id ? before.known : undefined;
  const begins = former === undefined || former.status === 'incomplete';
  if (begins) {
    if (!GIVING.has(known.status)) return [];
    return [{ key: `welcome/${known.id}`, kind: 'welcome', trialEndsAt: known.trial_ends_at }];
  }
  if (known.status === 'cancelled') {
    const announced =
      former.status === 'cancelled' ||
      (former.cancel_at !== null && former.cancel_at.getTime() - at.getTime() < SOON_MS);
    return announced ? [] : [{ key: `ended/${known.id}`, kind: 'cancelled', endsAt: at }];
  }
  if (known.cancel_at !== null && former.cancel_at === null) {
    const moment = `${known.cancel_at.toISOString()}/${at.toISOString()}`;
    return [{ key: `cancelled/${known.id}/${moment}`, kind: 'cancelled', endsAt: known.cancel_at }];
  }
  return [];
}

function planNews({ before, known, standing, at }: Look): KeyedNews[] {
  const former = before.known;
  if (former?.id !== known.id || known.status === 'cancelled' || former.status === 'incomplete') return [];
  const changed = (change: (News & { kind: 'changed' })['change'], plan: PlanId, from?: PlanId): KeyedNews[] => [
    {
      key: `plan/${known.id}/${change}/${at.toISOString()}`,
      kind: 'changed',
      change,
      plan,
      ...(from !== undefined && { former: from }),
    },
  ];
  if (before.plan !== 'free' && standing.plan === 'free') return changed('downgraded', 'free', before.plan);
  if (before.plan === 'free' && standing.plan !== 'free') return changed('resumed', standing.plan);
  if (former.plan !== known.plan) {
    const up = PLANS.indexOf(known.plan) > PLANS.indexOf(former.plan);
    return changed(up ? 'upgraded' : 'downgraded', known.plan, former.plan);
  }
  if (former.cancel_at !== null && known.cancel_at === null) return changed('resumed', known.plan);
  return former.billing_period === known.billing_period ? [] : changed('changed', known.plan);
}

function trialNews({ known, at }: Look): KeyedNews[] {
  const { id, status, trial_ends_at: endsAt, cancel_at } = known;
  if (status !== 'trialing' || endsAt === null || cancel_at !== null) return [];
  const left = endsAt.getTime() - at.getTime();
  if (left <= 0 || left > TRIAL_NOTICE_MS) return [];
  return [{ key: `trial_ending/${id}/${endsAt.toISOString()}`, kind: 'trial_ending', endsAt }];
}

const invoiceNews =
  ({ at }: Look) =>
  (invoice: KnownInvoice): KeyedNews[] => {
    const { id, status, attempts, automatic } = invoice;
    if (status === 'open' && automatic) {
      if (attempts === 0) return [];
      return [{ key: `payment_failed/${id}/${attempts}`, kind: 'payment_failed', invoice }];
    }
    const late = at.getTime() - invoice.created_at.getTime() > LATE_MS;
    if (status === 'open' && !late) return [{ key: `invoiced/${id}`, kind: 'invoiced', invoice }];
    if (status !== 'paid' || invoice.amount_paid === 0 || late) return [];
    return [{ key: `payment_succeeded/${id}`, kind: 'payment_succeeded', invoice }];
  };
