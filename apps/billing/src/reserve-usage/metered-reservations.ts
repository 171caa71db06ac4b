import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { GroupedWriter, isDuplicateKey } from '#persistence';
import { UsageReservationsRepository } from '../persistence/usage-reservations.repository.js';
import { NewReservation } from './new-reservation.js';
import type { PlannedRequest, UsageGrant } from './usage-grant.js';
import { meteredGrant } from './usage-grants.js';

/** Reservations on metered plans: always granted, one insert for all that arrived together. */
@Injectable()
export class MeteredReservations implements BeforeApplicationShutdown {
  readonly #writer = new GroupedWriter<PlannedRequest, UsageGrant>({ flush: (group) => this.#flush(group) });

  constructor(
    private readonly reservations: UsageReservationsRepository,
    private readonly newReservation: NewReservation,
  ) {}

  reserve(request: PlannedRequest): Promise<UsageGrant> {
    return this.#writer.add(request);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#writer.close();
  }

  async #flush(group: readonly PlannedRequest[]): Promise<(UsageGrant | Error)[]> {
    const refusals = await this.reservations.insertMetered(
      group.map((request) => this.newReservation.of(request, request.executionIds.length, false)),
    );
    return group.map((request, index) => {
      const refusal = refusals[index];
      // A duplicate is a repeated question; it was granted in full before.
      return refusal && !isDuplicateKey(refusal) ? refusal : meteredGrant(request, request.executionIds.length);
    });
  }
}
