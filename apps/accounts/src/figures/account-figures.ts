import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { scopeOf, type Account } from '#contracts';
import { Clock } from '../clock.js';
import { NEW_ACCOUNT_USAGE, type AccountUsage } from '../domain/account-usage.js';
import type { AccountRecord } from '../persistence/account.collection.js';
import { Accounts, type PlanState } from '../persistence/accounts.repository.js';
import { AccountFiguresStore } from '../persistence/account-figures.repository.js';
import { accountView } from '../views/account-view.js';
import { RowCounts } from './row-counts.js';

/** Figures are shown for this long before they are counted again; with the time to count it stays below five seconds. */
const FRESH_MS = 4_000;

interface Figures {
  usage: AccountUsage;
  plan: PlanState;
}

/**
 * Puts an account together with its usage. Nobody keeps counters: the owners of the rows count, and while one of them
 * does not answer, what it said last is shown.
 */
@Injectable()
export class AccountFigures {
  private readonly counting = new Map<string, Promise<Figures>>();

  constructor(
    private readonly accounts: Accounts,
    private readonly store: AccountFiguresStore,
    private readonly counts: RowCounts,
    private readonly clock: Clock,
  ) {}

  /** The account with figures of at most five seconds' age. */
  async current(account: AccountRecord): Promise<Account> {
    const last = await this.store.last(scopeOf(account._id));
    if (last !== null && this.clock.now().getTime() - last.counted_at.getTime() < FRESH_MS) {
      return accountView(account, last.usage);
    }
    const { usage, plan } = await this.countOnce(account, last?.usage ?? NEW_ACCOUNT_USAGE);
    return accountView({ ...account, ...plan }, usage);
  }

  /** The account with the figures that were counted last, whenever that was. */
  async lastKnown(account: AccountRecord): Promise<Account> {
    const last = await this.store.last(scopeOf(account._id));
    return accountView(account, last?.usage ?? NEW_ACCOUNT_USAGE);
  }

  /** Requests that arrive while an account is counted share the count. */
  private countOnce(account: AccountRecord, last: AccountUsage): Promise<Figures> {
    const running = this.counting.get(account._id);
    if (running !== undefined) return running;
    const counting = this.count(account, last).finally(() => this.counting.delete(account._id));
    this.counting.set(account._id, counting);
    return counting;
  }

  private async count(account: AccountRecord, last: AccountUsage): Promise<Figures> {
    const startedAt = this.clock.now();
    const fresh = await this.counts.of(account._id);
    const usage = { ...last, ...fresh.usage };
    const known = { plan: account.plan, limits: account.limits };
    const plan = fresh.plan ?? known;
    await this.store.keep(scopeOf(account._id), usage, startedAt);
    if (!isDeepStrictEqual(plan, known)) await this.accounts.repairPlan(account, plan);
    return { usage, plan };
  }
}
