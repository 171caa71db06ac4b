import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#persistence';
import { UsageCountersRepository } from '../persistence/usage-counters.repository.js';
import { UsageReservationsRepository } from '../persistence/usage-reservations.repository.js';

/** Gives reservations back that lead to no execution, without a line in the ledger: nothing ever ran. */
@Injectable()
export class CloseReservations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reservations: UsageReservationsRepository,
    private readonly counters: UsageCountersRepository,
  ) {}

  /**
   * Repeating it changes nothing; executions that are settled already are left alone.
   * @param accountId only reservations of this account; undefined where the ids come from the ledger itself
   * @returns how many were given back
   */
  close(executionIds: readonly string[], accountId?: string): Promise<number> {
    return this.unitOfWork.run(async () => {
      const { counts, periods } = await this.reservations.close(executionIds, accountId);
      await this.counters.addSettled(counts.map((count) => ({ ...count, booked: 0 })));
      return periods.size;
    });
  }
}
