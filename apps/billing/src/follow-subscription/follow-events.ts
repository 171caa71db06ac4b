import { Injectable } from '@nestjs/common';
import { isProblem } from '#contracts';
import type { InboundReceived } from '#contracts';
import { isDuplicateKey } from '#persistence';
import { counter, logger } from '#telemetry';
import { Clock } from '../clock.js';
import { AppliedEventsRepository } from '../persistence/applied-events.repository.js';
import { CustomersRepository } from '../persistence/customers.repository.js';
import { BringUpToDate } from './bring-up-to-date.js';
import { readStripeEvent } from './read-stripe-event.js';
import type { SubscriptionHint } from './read-stripe-event.js';

const followed = counter({
  name: 'mfh.billing.provider_events',
  description: 'Events of the payment provider, by what became of them',
  unit: '{event}',
});

/** Applies events of the payment provider, each once; those of one account together. */
@Injectable()
export class FollowEvents {
  constructor(
    private readonly applied: AppliedEventsRepository,
    private readonly customers: CustomersRepository,
    private readonly bringUpToDate: BringUpToDate,
    private readonly clock: Clock,
  ) {}

  /** @throws what keeps some of them from being applied now; the others are applied */
  async follow(received: readonly InboundReceived[]): Promise<void> {
    const hints = received.flatMap(({ payload }) => readStripeEvent(payload) ?? []);
    const known = await this.applied.known(hints.map(({ eventId }) => eventId));
    const fresh = new Map(hints.filter(({ eventId }) => !known.has(eventId)).map((hint) => [hint.eventId, hint]));
    followed.add(hints.length - fresh.size, { outcome: 'repeated' });
    const accounts = await this.#byAccount([...fresh.values()]);
    const outcomes = await Promise.allSettled([...accounts].map(([id, about]) => this.#apply(id, about)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #byAccount(hints: readonly SubscriptionHint[]): Promise<Map<string, SubscriptionHint[]>> {
    const accounts = new Map<string, SubscriptionHint[]>();
    for (const hint of hints) {
      const accountId = await this.#accountOf(hint);
      if (accountId === undefined) await this.#leaveOut(hint, undefined);
      else accounts.set(accountId, [...(accounts.get(accountId) ?? []), hint]);
    }
    return accounts;
  }

  /** Whom we know as that customer; a new customer's account is named by what we gave the provider at checkout. */
  async #accountOf({ customerId, accountId }: SubscriptionHint): Promise<string | undefined> {
    return (customerId !== undefined && (await this.customers.accountOf(customerId))) || accountId;
  }

  async #apply(accountId: string, hints: readonly SubscriptionHint[]): Promise<void> {
    try {
      await this.bringUpToDate.of(accountId, hints);
      followed.add(hints.length, { outcome: 'applied' });
    } catch (error) {
      // Asking again would be refused again; the regular look at the subscription remains.
      if (!(isProblem(error) && error.code === 'billing.provider_refused')) throw error;
      logger.error({ err: error, account: accountId }, 'events of a subscription were left out');
      for (const hint of hints) await this.#leaveOut(hint, accountId);
    }
  }

  async #leaveOut({ eventId, type }: SubscriptionHint, accountId: string | undefined): Promise<void> {
    try {
      await this.applied.add({ id: eventId, type, accountId, at: this.clock.now() });
      followed.add(1, { outcome: 'left_out' });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
