import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { RepeatedWork } from '#service-defaults';
import { logger, withoutTrace } from '#telemetry';
import { AccountPlans } from '../account-plans.js';
import { Clock } from '../clock.js';
import { anchoredMonth } from '../domain/billing-period.js';
import type { BillingPeriod } from '../domain/billing-period.js';
import { ExecutionUsage } from '../get-usage/execution-usage.js';
import { MeterUsage } from '../meter-usage/meter-usage.js';
import { UsageCountersRepository } from '../persistence/usage-counters.repository.js';
import type { DueLook } from '../persistence/usage-counters.repository.js';
import { BillingSettings } from '../settings.js';
import { UsageAlerts } from './usage-alerts.js';
import type { WatchedUsage } from './watched-usage.js';

/** Periods looked at in one step. */
const BATCH = 100;
/** A look that failed, or whose process died, is tried again after this long. */
const LOOK_LEASE_MS = 30_000;

/**
 * Looks at accounts whose usage has changed, behind the back of the work itself: accepting and settling only leave a
 * mark. Each period is looked at by one process at a time, and again until its look went well.
 */
@Injectable()
export class UsageWatch implements OnApplicationBootstrap {
  readonly #rounds: RepeatedWork;

  constructor(
    private readonly counters: UsageCountersRepository,
    private readonly plans: AccountPlans,
    private readonly usage: ExecutionUsage,
    private readonly alerts: UsageAlerts,
    private readonly meter: MeterUsage,
    private readonly clock: Clock,
    settings: BillingSettings,
  ) {
    this.#rounds = new RepeatedWork('looking at usage', settings.watchUsageMs, () => this.round());
  }

  onApplicationBootstrap(): void {
    withoutTrace(() => this.#rounds.start());
  }

  async stopWork(): Promise<void> {
    await this.#rounds.stop();
  }

  /** @returns whether there may be more to look at */
  async round(): Promise<boolean> {
    for (let looked = 0; looked < BATCH; looked += 1) {
      const now = this.clock.now();
      const due = await this.counters.claimLook(now, new Date(now.getTime() + LOOK_LEASE_MS));
      if (due === undefined) return false;
      await this.#tryLook(due);
    }
    return true;
  }

  /** One account that cannot be looked at must not keep the others waiting. */
  async #tryLook(due: DueLook): Promise<void> {
    try {
      const usage = await this.#usageOf(due);
      await this.alerts.look(usage);
      await this.meter.report(usage, due.booked);
      await this.counters.finishLook(due, usage.isPresent ? usage.plan.id : undefined);
    } catch (error) {
      logger.warn({ err: error, account_id: due.accountId }, 'usage was not looked at, it is tried again');
    }
  }

  async #usageOf({ accountId, period: key, from }: DueLook): Promise<WatchedUsage> {
    // A look that went well is not repeated, so it must not go by a plan that was left a moment ago.
    this.plans.forget(accountId);
    const [then, now] = [await this.plans.of(accountId, from), await this.plans.of(accountId)];
    const isSame = (period: BillingPeriod): boolean => period.from.getTime() === from.getTime();
    // The period of a plan that the account has left ran for a month from its first day.
    const period = isSame(then.period) ? then.period : anchoredMonth(from, from);
    const executions = await this.usage.executionsOf(key);
    return { ...now, accountId, key, period, executions, isPresent: isSame(now.period) };
  }
}
