import { Injectable } from '@nestjs/common';
import { isDuplicateKey, UnitOfWork } from '#persistence';
import { AccountPlans } from '../account-plans.js';
import { periodKey } from '../domain/billing-period.js';
import type { ExecutionEnding } from '../domain/execution-ending.js';
import { UsageCountersRepository } from '../persistence/usage-counters.repository.js';
import type { Settled } from '../persistence/usage-counters.repository.js';
import { UsageLedgerRepository } from '../persistence/usage-ledger.repository.js';
import type { LedgerEntry } from '../persistence/usage-ledger.repository.js';
import { UsageReservationsRepository } from '../persistence/usage-reservations.repository.js';
import type { ClosedReservations } from '../persistence/usage-reservations.repository.js';

/**
 * Books completed executions and releases the others, each exactly once: ledger lines, reservations and counters
 * change in one transaction, and an execution that has its line is left out.
 */
@Injectable()
export class SettleUsage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: AccountPlans,
    private readonly ledger: UsageLedgerRepository,
    private readonly reservations: UsageReservationsRepository,
    private readonly counters: UsageCountersRepository,
  ) {}

  /** @returns how many were settled by this call; repetitions are not counted */
  async settle(endings: readonly ExecutionEnding[]): Promise<number> {
    // Of two ends of one execution the first counts.
    const once = [...new Map(endings.toReversed().map((ending) => [ending.executionId, ending])).values()];
    try {
      return await this.unitOfWork.run(() => this.#append(once));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Repetitions are rare; only when the ledger has found one is it asked which are left.
      return this.unitOfWork.run(async () => {
        const settled = await this.ledger.settled(once.map(({ executionId }) => executionId));
        return this.#append(once.filter(({ executionId }) => !settled.has(executionId)));
      });
    }
  }

  async #append(endings: readonly ExecutionEnding[]): Promise<number> {
    if (endings.length === 0) return 0;
    const closed = await this.reservations.close(endings.map(({ executionId }) => executionId));
    const entries = await Promise.all(endings.map((ending) => this.#entry(ending, closed.periods)));
    await this.ledger.append(entries);
    await this.counters.addSettled(countersOf(entries, closed));
    return entries.length;
  }

  /** An execution counts in the period of its acceptance; without a reservation, in that of its end. */
  async #entry(ending: ExecutionEnding, periods: ReadonlyMap<string, string>): Promise<LedgerEntry> {
    const { executionId, accountId, outcome, at } = ending;
    const period = periods.get(executionId) ?? periodKey(accountId, (await this.plans.of(accountId, at)).period);
    return { _id: executionId, account_id: accountId, period, outcome, at };
  }
}

function countersOf(entries: readonly LedgerEntry[], closed: ClosedReservations): Settled[] {
  const byPeriod = new Map<string, Settled>();
  const counterOf = (accountId: string, period: string): Settled => {
    const counter = byPeriod.get(period) ?? { accountId, period, booked: 0, closed: 0 };
    byPeriod.set(period, counter);
    return counter;
  };
  for (const { accountId, period, closed: count } of closed.counts) counterOf(accountId, period).closed += count;
  for (const { account_id, period, outcome } of entries) {
    if (outcome === 'booked') counterOf(account_id, period).booked += 1;
  }
  return [...byPeriod.values()];
}
