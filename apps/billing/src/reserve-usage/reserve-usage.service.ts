import { Injectable } from '@nestjs/common';
import { AccountPlans } from '../account-plans.js';
import { LimitedReservations } from './limited-reservations.js';
import { MeteredReservations } from './metered-reservations.js';
import type { UsageGrant, UsageRequest } from './usage-grant.js';
import { limitOf } from './usage-grants.js';

/** Reserves executions at acceptance, by the plan of their account. */
@Injectable()
export class ReserveUsage {
  constructor(
    private readonly plans: AccountPlans,
    private readonly limited: LimitedReservations,
    private readonly metered: MeteredReservations,
  ) {}

  /** @throws Problem 503 when it cannot be decided now */
  async reserve(request: UsageRequest): Promise<UsageGrant> {
    const accountPlan = await this.plans.of(request.accountId);
    const planned = { ...request, accountPlan };
    return limitOf(planned) === null ? this.metered.reserve(planned) : this.limited.reserve(planned);
  }
}
