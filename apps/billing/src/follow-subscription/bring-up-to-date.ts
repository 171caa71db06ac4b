import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { events, isProblem, scopeOf } from '#contracts';
import type { AccountScope } from '#contracts';
import { isDuplicateKey, Outbox, UnitOfWork } from '#persistence';
import { logger } from '#telemetry';
import { AccountPlans } from '../account-plans.js';
import { Clock } from '../clock.js';
import { beginsToCount } from '../domain/known-subscription.js';
import type { KnownSubscription } from '../domain/known-subscription.js';
import { planOf } from '../domain/plans.js';
import { standingOf } from '../domain/standing.js';
import type { Standing } from '../domain/standing.js';
import { newsOf } from '../domain/subscription-news.js';
import type { KeyedNews } from '../domain/subscription-news.js';
import { AccountOwners } from '../people/account-owner.js';
import type { AccountOwner } from '../people/account-owner.js';
import { AppliedEventsRepository } from '../persistence/applied-events.repository.js';
import { CustomersRepository } from '../persistence/customers.repository.js';
import { subscriptionStates } from '../persistence/subscription-states.js';
import { SubscriptionsRepository } from '../persistence/subscriptions.repository.js';
import type { Subscription } from '../persistence/subscriptions.repository.js';
import { BillingSettings } from '../settings.js';
import { AskProvider } from './ask-provider.js';
import type { SubscriptionHint } from './read-stripe-event.js';
import { nextCheck } from './next-check.js';
import { TellNews } from './tell-news.js';

/** Somebody else may write between our question to the provider and our write; then we ask again. */
const TRIES = 8;
/** So many things told are remembered; an event that comes again after more than these is refused by its id. */
const MOST_TOLD = 60;

/** What follows from the provider's answer. */
interface Step {
  scope: AccountScope;
  before: Subscription | null;
  known: KnownSubscription;
  standing: Standing;
  news: KeyedNews[];
  /** Only where there is news. */
  owner: AccountOwner | undefined;
}

/**
 * Makes the subscription of an account what the provider says it is. The record is read before the provider is asked
 * and written only if nobody wrote in between: so the last answer stays, in whatever order events arrive and however
 * many processes apply them. The events, the change, its news and mails are one transaction.
 */
@Injectable()
export class BringUpToDate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly customers: CustomersRepository,
    private readonly applied: AppliedEventsRepository,
    private readonly provider: AskProvider,
    private readonly owners: AccountOwners,
    private readonly outbox: Outbox,
    private readonly news: TellNews,
    private readonly plans: AccountPlans,
    private readonly clock: Clock,
    private readonly settings: BillingSettings,
  ) {}

  /** @param hints events that gave the occasion; none where we ask by ourselves */
  async of(accountId: string, hints: readonly SubscriptionHint[] = []): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#once(scopeOf(accountId), hints);
        this.plans.forget(accountId);
        return;
      } catch (error) {
        const overtaken = isDuplicateKey(error) || (isProblem(error) && error.status === 412);
        if (!overtaken || attempt >= TRIES) throw error;
      }
    }
  }

  async #once(scope: AccountScope, hints: readonly SubscriptionHint[]): Promise<void> {
    const before = await this.subscriptions.find(scope, scope.accountId);
    const linked = await this.customers.idOf(scope);
    const step = await this.#stepFrom(scope, before, linked, hints);
    const at = this.clock.now();
    await this.unitOfWork.run(
      async (session) => {
        const known = await this.applied.known(hints.map(({ eventId }) => eventId));
        const fresh = hints.filter(({ eventId }) => !known.has(eventId));
        if (hints.length > 0 && fresh.length === 0) return;
        for (const { eventId, type } of fresh) {
          await this.applied.add({ id: eventId, type, accountId: scope.accountId, at });
        }
        if (step !== undefined) await this.#write(session, step);
        await this.#keepCustomer(scope, linked, step, hints, at);
      },
      { turn: `subscription/${scope.accountId}` },
    );
  }

  /** @returns undefined where nothing follows: nobody pays, or the account does not exist any more */
  async #stepFrom(
    scope: AccountScope,
    before: Subscription | null,
    linked: string | undefined,
    hints: readonly SubscriptionHint[],
  ): Promise<Step | undefined> {
    const customers = new Set([linked, before?.known?.customer_id, ...hints.map(({ customerId }) => customerId)]);
    const invoices = new Set(hints.flatMap(({ invoiceId }) => invoiceId ?? []));
    const asked = await this.provider.about(
      [...customers].filter((id) => id !== undefined),
      [...invoices],
    );
    const former = before?.known ?? undefined;
    // Subscriptions of a customer who was deleted cannot be asked for, and are over.
    const known = asked.known ?? (former && { ...former, status: 'cancelled' as const });
    if (known === undefined || !mayFollow(before, known)) return undefined;
    const at = this.clock.now();
    const stood = before && {
      status: before.status,
      grace_until: before.grace_until ?? null,
      subscription_id: former?.id,
    };
    const standing = standingOf(known, stood ?? undefined, at, this.settings.graceMs);
    const seen = { plan: before?.plan ?? ('free' as const), known: former, told: before?.told ?? [] };
    const news = newsOf({ before: seen, known, standing, invoices: asked.invoices, at });
    const owner = before === null || news.length > 0 ? await this.owners.of(scope.accountId) : undefined;
    if (owner !== undefined || (before !== null && news.length === 0)) {
      return { scope, before, known, standing, news, owner };
    }
    logger.warn({ account: scope.accountId, subscription: known.id }, 'a subscription is paid for an unknown account');
    return undefined;
  }

  async #write(session: ClientSession, { scope, before, known, standing, news, owner }: Step): Promise<void> {
    const told = [...(before?.told ?? []), ...news.map(({ key }) => key)].slice(-MOST_TOLD);
    const now = await this.subscriptions.write(scope, before, { ...standing, known, told });
    const previous = before?.plan ?? 'free';
    if (previous !== now.plan || (before?.status ?? 'active') !== now.status) {
      const { id, label, limits } = planOf(now.plan);
      await this.outbox.add(session, events.subscriptionChanged, {
        accountId: scope.accountId,
        subject: scope.accountId,
        data: {
          account_id: scope.accountId,
          plan: id,
          previous_plan: previous,
          label,
          status: now.status,
          limits,
          revision: now.version,
        },
      });
    }
    if (owner === undefined) return;
    const context = { accountId: scope.accountId, known, graceUntil: standing.grace_until, owner };
    for (const each of news) await this.news.tell(session, each, context);
  }

  async #keepCustomer(
    scope: AccountScope,
    linked: string | undefined,
    step: Step | undefined,
    hints: readonly SubscriptionHint[],
    at: Date,
  ): Promise<void> {
    const gone = hints.find(({ customerDeleted, customerId }) => customerDeleted && customerId === linked);
    if (gone !== undefined && linked !== undefined) return this.customers.forget(scope, linked);
    if (linked === undefined && step !== undefined && step.known.status !== 'cancelled') {
      await this.customers.link(scope, step.known.customer_id);
    }
    const next = step && nextCheck(step.known, step.standing, at, this.settings.subscriptionCheckMs);
    // An event that changes nothing is no reason to stop waiting for a checkout.
    if (next !== undefined || hints.length === 0) await this.customers.checkAt(scope, next ?? null);
  }
}

function mayFollow(before: Subscription | null, known: KnownSubscription): boolean {
  const former = before?.known ?? undefined;
  if (former?.id !== known.id) return beginsToCount(known, before?.plan ?? 'free');
  const possible = former.status === known.status || subscriptionStates.allows(former.status, known.status);
  if (!possible)
    logger.error(
      { subscription: known.id, from: former.status, to: known.status },
      'a subscription cannot become that',
    );
  return possible;
}
