import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#persistence';
import { AccountPlans } from '../account-plans.js';
import type { AccountPlan } from '../account-plans.js';
import { periodKey } from '../domain/billing-period.js';
import { ApiRequestCountersRepository } from '../persistence/api-requests.repository.js';
import { UsageCountersRepository } from '../persistence/usage-counters.repository.js';
import type { PeriodUsage } from '../persistence/usage-counters.repository.js';
import { UsageReservationsRepository } from '../persistence/usage-reservations.repository.js';

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
    private readonly reservations: UsageReservationsRepository,
    private readonly apiRequests: ApiRequestCountersRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @param at an instant of the period; the present one by default */
  async of(accountId: string, at?: Date): Promise<AccountUsage> {
    const accountPlan = await this.plans.of(accountId, at);
    const key = periodKey(accountId, accountPlan.period);
    const [executions, apiRequests] = await Promise.all([this.executionsOf(key), this.apiRequests.read(key)]);
    return { ...accountPlan, executions, apiRequests };
  }

  /** One snapshot: an execution that is being settled is seen as reserved or as booked, never as both or neither. */
  executionsOf(key: string): Promise<PeriodUsage> {
    return this.unitOfWork.run(
      async () => {
        const usage = await this.counters.read([key]);
        const { booked, reserved: counted } = usage.get(key) ?? { booked: 0, reserved: 0 };
        const reserved = counted + (await this.reservations.uncounted(key));
        return { booked, reserved, used: booked + reserved };
      },
      { durability: 'primary' },
    );
  }
}
