import { Injectable } from '@nestjs/common';
import type { MeterPort, MeterReading } from '../payment-provider.js';
import { StripeConnection } from './stripe-connection.js';

/** The name under which executions are metered. */
export const EXECUTION_METER = 'helper_execution';

@Injectable()
export class StripeMeters implements MeterPort {
  constructor(private readonly connection: StripeConnection) {}

  async send({ identifier, customerId, value, at }: MeterReading): Promise<void> {
    await this.connection.write(
      (stripe, options) =>
        stripe.billing.meterEvents.create(
          {
            event_name: EXECUTION_METER,
            identifier,
            timestamp: Math.floor(at.getTime() / 1_000),
            payload: { stripe_customer_id: customerId, value: String(value) },
          },
          options,
        ),
      `meter/${identifier}`,
    );
  }
}
