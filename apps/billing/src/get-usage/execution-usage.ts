import { Injectable } from '@nestjs/common';
import { AccountPlans } from '../account-plans.js';
import type { AccountPlan } from '../account-plans.js';
import { periodKey } from '../domain/billing-period.js';
import { ApiRequestCountersRepository } from '../persistence/api-requests.repository.js';
import { UsageCountersRepository } from '../persistence/usage-counters.repository.js';
import type { PeriodUsage } from '../persistence/usage-counters.repository.js';

export interface AccountUsage extends AccountPlan {
  executions: PeriodUsage;
  apiRequests: number;
}

/** What an account has used in one of its periods. */
@Injectable()
export class ExecutionUsage {
  constructor(
    private readonly plans: AccountPlans,
    private readonly counters: UsageCountersRepository,
    private readonly apiRequests: ApiRequestCountersRepository,
  ) {}

  /** @param at an instant of the period; the present one by default */
  async of(accountId: string, at?: Date): Promise<AccountUsage> {
    const accountPlan = await this.plans.of(accountId, at);
    const key = periodKey(accountId, accountPlan.period);
    const [usage, apiRequests] = await Promise.all([this.counters.read([key]), this.apiRequests.read(key)]);
    const executions = usage.get(key) ?? { booked: 0, reserved: 0, used: 0 };
    return { ...accountPlan, executions, apiRequests };
  }
}
