import { Injectable } from '@nestjs/common';
import { isDuplicateKey, UnitOfWork } from '#persistence';
import { AccountPlans } from '../account-plans.js';
import { Clock } from '../clock.js';
import { periodKey } from '../domain/billing-period.js';
import { ApiRequestCountersRepository, ApiRequestReportsRepository } from '../persistence/api-requests.repository.js';

/** Counts API requests into the current period of their account. */
@Injectable()
export class RecordApiRequests {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: AccountPlans,
    private readonly reports: ApiRequestReportsRepository,
    private readonly counters: ApiRequestCountersRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns false when a report of this id was counted before */
  async record(reportId: string, counts: readonly { accountId: string; requests: number }[]): Promise<boolean> {
    const plans = await this.plans.ofAll(counts.map(({ accountId }) => accountId));
    const additions = counts.flatMap(({ accountId, requests }) => {
      const plan = plans.get(accountId);
      return plan ? [{ accountId, period: periodKey(accountId, plan.period), requests }] : [];
    });
    try {
      await this.unitOfWork.run(async () => {
        await this.reports.remember(reportId, this.clock.now());
        await this.counters.add(additions);
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
