import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { GroupedWriter, isDuplicateKey, UnitOfWork } from '#persistence';
import { overagePolicy } from '../domain/plans.js';
import { UsageCountersRepository } from '../persistence/usage-counters.repository.js';
import type { PeriodUsage } from '../persistence/usage-counters.repository.js';
import { UsageReservationsRepository } from '../persistence/usage-reservations.repository.js';
import { NewReservation } from './new-reservation.js';
import type { PlannedRequest, UsageGrant } from './usage-grant.js';
import { keyOf, UsageGrants } from './usage-grants.js';

/**
 * Reservations under a hard limit. Requests that arrive while a transaction is under way share the next one: the
 * counters they are judged by, one counter update an account, one insert for all. One transaction at a time in a
 * process, since two would only collide at the counters; replicas do collide, and run again.
 */
@Injectable()
export class LimitedReservations implements BeforeApplicationShutdown {
  readonly #writer = new GroupedWriter<PlannedRequest, UsageGrant>({
    flush: (group) => this.#flush(group),
    parallel: 1,
  });

  constructor(
    private readonly counters: UsageCountersRepository,
    private readonly reservations: UsageReservationsRepository,
    private readonly newReservation: NewReservation,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  reserve(request: PlannedRequest): Promise<UsageGrant> {
    return this.#writer.add(request);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#writer.close();
  }

  async #flush(group: readonly PlannedRequest[]): Promise<(UsageGrant | Error)[]> {
    try {
      return await this.#write(group);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // A repeated request makes the whole transaction void, so each is judged by itself.
      const alone: (UsageGrant | Error)[] = [];
      for (const request of group) alone.push(await this.#writeAlone(request));
      return alone;
    }
  }

  async #writeAlone(request: PlannedRequest): Promise<UsageGrant | Error> {
    try {
      const [grant] = await this.#write([request]);
      return grant ?? new Error('A reservation was not decided');
    } catch (error) {
      if (isDuplicateKey(error)) return this.#grantedBefore(request);
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #write(group: readonly PlannedRequest[]): Promise<UsageGrant[]> {
    return this.unitOfWork.run(async () => {
      const grants = new UsageGrants(await this.#usageOf(group));
      const decided = group.map((request) => grants.decide(request));
      const reservations = group.flatMap((request, index) => {
        const granted = decided[index]?.granted ?? 0;
        return granted === 0 ? [] : [this.newReservation.of(request, granted, true)];
      });
      if (reservations.length > 0) {
        await this.reservations.insertCounted(reservations);
        await this.counters.addAccepted(grants.additions());
        await this.counters.askForLooks(grants.crossings());
      }
      return decided;
    });
  }

  async #usageOf(group: readonly PlannedRequest[]): Promise<Map<string, PeriodUsage>> {
    const usage = await this.counters.read([...new Set(group.map(keyOf))]);
    // Under a cap that came in the middle of a period there may be reservations that no counter holds.
    const capped = group.filter(({ accountPlan }) => overagePolicy(accountPlan.plan) === 'meter');
    for (const key of new Set(capped.map(keyOf))) {
      const { booked, reserved } = usage.get(key) ?? { booked: 0, reserved: 0 };
      const open = reserved + (await this.reservations.uncounted(key));
      usage.set(key, { booked, reserved: open, used: booked + open });
    }
    return usage;
  }

  async #grantedBefore(request: PlannedRequest): Promise<UsageGrant> {
    const earlier = await this.reservations.byId(request.reservationId);
    const grants = new UsageGrants(await this.#usageOf([request]));
    return grants.answer(request, earlier?.granted ?? 0);
  }
}
