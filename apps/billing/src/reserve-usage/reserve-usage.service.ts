import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { GroupedWriter, isDuplicateKey, UnitOfWork } from '#persistence';
import { histogram } from '#telemetry';
import { AccountPlans } from '../account-plans.js';
import type { AccountPlan } from '../account-plans.js';
import { Clock } from '../clock.js';
import { periodKey } from '../domain/billing-period.js';
import { overagePolicy } from '../domain/plans.js';
import { UsageCountersRepository } from '../persistence/usage-counters.repository.js';
import { UsageReservationsRepository } from '../persistence/usage-reservations.repository.js';
import type { UsageReservation } from '../persistence/usage-reservations.repository.js';
import { BillingSettings } from '../settings.js';
import { UsageGrants } from './usage-grants.js';
import type { UsageGrant, UsageRequest } from './usage-grant.js';

const groupSize = histogram({
  name: 'mfh.usage.reservation_group_size',
  description: 'Reservations written in one transaction',
  unit: '{reservation}',
});

/**
 * Reserves executions at acceptance. Requests that arrive while a transaction is under way share the next one: the
 * counters they are judged by, one counter update an account, one insert for all reservations. One transaction at a
 * time in a process, since two would only collide at the counters; replicas collide and retry.
 */
@Injectable()
export class ReserveUsage implements BeforeApplicationShutdown {
  readonly #writer = new GroupedWriter<UsageRequest, UsageGrant>({
    flush: (group) => this.#flush(group),
    parallel: 1,
    onGroup: (size) => groupSize.record(size),
  });

  constructor(
    private readonly plans: AccountPlans,
    private readonly counters: UsageCountersRepository,
    private readonly reservations: UsageReservationsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: BillingSettings,
  ) {}

  /** @throws Problem 503 when it cannot be decided now */
  reserve(request: UsageRequest): Promise<UsageGrant> {
    return this.#writer.add(request);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#writer.close();
  }

  async #flush(group: readonly UsageRequest[]): Promise<(UsageGrant | Error)[]> {
    const plans = await this.plans.ofAll(group.map(({ accountId }) => accountId));
    try {
      return await this.#write(group, plans);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // A repeated request makes the whole transaction void, so each is judged by itself.
      return Promise.all(group.map((request) => this.#alone(request, plans)));
    }
  }

  async #alone(request: UsageRequest, plans: Map<string, AccountPlan>): Promise<UsageGrant | Error> {
    try {
      const [grant] = await this.#write([request], plans);
      return grant ?? new Error('A reservation was not decided');
    } catch (error) {
      if (isDuplicateKey(error)) return this.#grantedBefore(request, plans);
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #write(group: readonly UsageRequest[], plans: Map<string, AccountPlan>): Promise<UsageGrant[]> {
    // A hard limit must survive a failover; a metered count that lost a reservation is put right by its settlement.
    const durability = [...plans.values()].some(({ plan }) => overagePolicy(plan) === 'block') ? 'majority' : 'primary';
    return this.unitOfWork.run(
      async () => {
        const grants = new UsageGrants(plans, await this.counters.read(periodsOf(plans)));
        const decided = group.map((request) => grants.decide(request));
        const reservations = group.flatMap((request, index) => this.#reservation(request, decided[index], plans));
        if (reservations.length === 0) return decided;
        await this.reservations.insert(reservations);
        await this.counters.addAccepted(grants.additions());
        return decided;
      },
      { durability },
    );
  }

  #reservation(
    request: UsageRequest,
    grant: UsageGrant | undefined,
    plans: Map<string, AccountPlan>,
  ): UsageReservation[] {
    const plan = plans.get(request.accountId);
    if (!plan || !grant || grant.granted === 0) return [];
    const now = this.clock.now();
    return [
      {
        _id: request.reservationId,
        account_id: request.accountId,
        period: periodKey(request.accountId, plan.period),
        granted: grant.granted,
        execution_ids: request.executionIds.slice(0, grant.granted),
        created_at: now,
        check_after: new Date(now.getTime() + this.settings.reservationAgeMs),
      },
    ];
  }

  async #grantedBefore(request: UsageRequest, plans: Map<string, AccountPlan>): Promise<UsageGrant> {
    const earlier = await this.reservations.byId(request.reservationId);
    const usage = await this.counters.read(periodsOf(plans));
    return new UsageGrants(plans, usage).repeat(request, earlier?.granted ?? 0);
  }
}

const periodsOf = (plans: Map<string, AccountPlan>): string[] =>
  [...plans].map(([accountId, { period }]) => periodKey(accountId, period));
