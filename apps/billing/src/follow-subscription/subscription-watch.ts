import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { scopeOf } from '#contracts';
import type { StopsWork } from '#service-defaults';
import { logger, withoutTrace } from '#telemetry';
import { Clock } from '../clock.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import { CustomersRepository } from '../persistence/customers.repository.js';
import { BillingSettings } from '../settings.js';
import { BringUpToDate } from './bring-up-to-date.js';

/** Customers looked at in one step. */
const BATCH = 20;
/** A customer about whom the provider gave no answer waits so long for the next question. */
const AFTER_FAILURE_MS = 5 * 60_000;

/**
 * Asks the provider about subscriptions of which nothing was heard for long, and at the moments at which time alone
 * changes something: so a lost event is made up for, and a grace ends.
 */
@Injectable()
export class SubscriptionWatch implements OnApplicationBootstrap, StopsWork {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #stopping = false;

  constructor(
    private readonly provider: PaymentProvider,
    private readonly customers: CustomersRepository,
    private readonly bringUpToDate: BringUpToDate,
    private readonly clock: Clock,
    private readonly settings: BillingSettings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.provider.configured) withoutTrace(() => this.#arm());
  }

  async stopWork(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  /** Looks at every customer that is due. @returns how many */
  async look(): Promise<number> {
    let looked = 0;
    for (;;) {
      const due = await this.customers.due(this.clock.now(), BATCH);
      for (const { account_id: accountId } of due) {
        if (this.#stopping) return looked;
        await this.#lookAt(accountId);
        looked += 1;
      }
      if (due.length < BATCH) return looked;
    }
  }

  async #lookAt(accountId: string): Promise<void> {
    try {
      await this.bringUpToDate.of(accountId);
    } catch (error) {
      logger.warn({ err: error, account: accountId }, 'a subscription could not be looked at, it will be later');
      const later = new Date(this.clock.now().getTime() + AFTER_FAILURE_MS);
      await this.customers.checkAt(scopeOf(accountId), later);
    }
  }

  #arm(): void {
    if (this.#stopping) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#tryRound().finally(() => this.#arm());
    }, this.settings.subscriptionSweepMs);
  }

  async #tryRound(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      logger.warn({ err: error }, 'subscriptions were not looked at, the next round tries again');
    }
  }
}
