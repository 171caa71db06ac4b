import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { events } from '#contracts';
import type { PlanId } from '#contracts';
import { Mailer } from '#mailer';
import type { MailToSend } from '#mailer';
import { Outbox } from '#persistence';
import type { KnownSubscription } from '../domain/known-subscription.js';
import { CURRENCY, planOf } from '../domain/plans.js';
import type { KnownInvoice, News } from '../domain/subscription-news.js';
import type { AccountOwner } from '../people/account-owner.js';

type BillingMail =
  | 'subscription_welcome'
  | 'subscription_updated'
  | 'subscription_canceled'
  | 'trial_ending'
  | 'payment_failed'
  | 'payment_succeeded'
  | 'invoice_generated';
type Letter = { [Id in BillingMail]: Pick<MailToSend<Id>, 'template' | 'variables'> }[BillingMail];

/** What the news is about. */
export interface NewsContext {
  accountId: string;
  known: KnownSubscription;
  graceUntil: Date | null;
  owner: AccountOwner;
}

/** Tells the owner by mail and the other services by events, in the transaction of the change. */
@Injectable()
export class TellNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
  ) {}

  async tell(session: ClientSession, news: News, context: NewsContext): Promise<void> {
    await this.#publish(session, news, context);
    const { accountId, owner } = context;
    const { userId, email: address, name } = owner;
    await this.mailer.request(session, { ...letterOf(news, context), to: { address, name }, accountId, userId });
  }

  async #publish(session: ClientSession, news: News, { accountId, known, graceUntil }: NewsContext): Promise<void> {
    const about = { accountId, subject: accountId };
    const data = { account_id: accountId, plan: known.plan };
    if (news.kind === 'trial_ending') {
      const ending = { ...data, ends_at: news.endsAt.toISOString() };
      await this.outbox.add(session, events.trialEnding, { ...about, data: ending });
    } else if (news.kind === 'payment_failed') {
      const { id, amount_due, currency, attempts } = news.invoice;
      const invoiced = { ...data, invoice_id: id, amount_minor: amount_due, currency, attempt: attempts };
      const until = graceUntil === null ? {} : { grace_until: graceUntil.toISOString() };
      await this.outbox.add(session, events.paymentFailed, { ...about, data: { ...invoiced, ...until } });
    } else if (news.kind === 'payment_succeeded') {
      const { id, amount_paid, currency } = news.invoice;
      const invoiced = { ...data, invoice_id: id, amount_minor: amount_paid, currency };
      await this.outbox.add(session, events.paymentSucceeded, { ...about, data: invoiced });
    }
  }
}

const labelOf = (plan: PlanId): string => planOf(plan).label;

function letterOf(news: News, { known, graceUntil, owner }: NewsContext): Letter {
  const common = {
    name: owner.name,
    account_name: owner.accountName,
    plan_name: labelOf(known.plan),
  };
  switch (news.kind) {
    case 'welcome':
      return {
        template: 'subscription_welcome',
        variables: { ...common, ...(news.trialEndsAt && { trial_ends_at: news.trialEndsAt }) },
      };
    case 'changed': {
      const former = news.former === undefined ? {} : { former_plan_name: labelOf(news.former) };
      const variables = { ...common, plan_name: labelOf(news.plan), change: news.change, ...former };
      return { template: 'subscription_updated', variables };
    }
    case 'cancelled':
      return { template: 'subscription_canceled', variables: { ...common, ends_at: news.endsAt } };
    case 'trial_ending':
      return { template: 'trial_ending', variables: { ...common, ends_at: news.endsAt, amount: priceOf(known) } };
    case 'payment_failed': {
      const { amount_due: minor, currency, url } = news.invoice;
      const until = graceUntil === null ? {} : { grace_until: graceUntil };
      const variables = { ...common, amount: { minor, currency }, ...until, ...link('pay_url', url) };
      return { template: 'payment_failed', variables };
    }
    case 'payment_succeeded': {
      const { amount_paid: minor, currency } = news.invoice;
      return {
        template: 'payment_succeeded',
        variables: { ...common, amount: { minor, currency }, ...named(news.invoice) },
      };
    }
    case 'invoiced': {
      const { amount_due: minor, currency, due_at } = news.invoice;
      const due = due_at === undefined ? {} : { due_at };
      const variables = { ...common, amount: { minor, currency }, ...named(news.invoice), ...due };
      return { template: 'invoice_generated', variables };
    }
  }
}

const priceOf = ({ plan, billing_period }: KnownSubscription): { minor: number; currency: string } => {
  const { priceMonthly, priceAnnually } = planOf(plan);
  return { minor: (billing_period === 'annual' ? priceAnnually : priceMonthly) * 100, currency: CURRENCY };
};

const named = ({ number, url }: KnownInvoice): { invoice_number?: string; invoice_url?: string } => ({
  ...(number !== undefined && { invoice_number: number }),
  ...link('invoice_url', url),
});

/** Mails link to https pages only; another address would make the whole mail fail. */
const link = <Name extends string>(name: Name, url: string | undefined): Partial<Record<Name, string>> =>
  url?.startsWith('https://') ? ({ [name]: url } as Record<Name, string>) : {};
