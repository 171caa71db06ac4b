import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { UsageReservation } from '../persistence/usage-reservations.repository.js';
import { BillingSettings } from '../settings.js';
import type { PlannedRequest } from './usage-grant.js';
import { keyOf } from './usage-grants.js';

/** Makes the document of a granted request. */
@Injectable()
export class NewReservation {
  constructor(
    private readonly clock: Clock,
    private readonly settings: BillingSettings,
  ) {}

  of(request: PlannedRequest, granted: number, counted: boolean): UsageReservation {
    const now = this.clock.now();
    return {
      _id: request.reservationId,
      account_id: request.accountId,
      period: keyOf(request),
      counted,
      granted,
      execution_ids: request.executionIds.slice(0, granted),
      created_at: now,
      check_after: new Date(now.getTime() + this.settings.reservationAgeMs),
    };
  }
}
