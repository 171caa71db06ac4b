import { Injectable } from '@nestjs/common';
import { unixSeconds } from '../../domain/unix-seconds.js';
import { Stripe } from 'stripe';
import { isProblem } from '#contracts';
import type { MeterPort, MeterReading } from '../payment-provider.js';
import { StripeConnection } from './stripe-connection.js';

/** The name under which executions are metered. */
export const EXECUTION_METER = 'helper_execution';

@Injectable()
export class StripeMeters implements MeterPort {
  constructor(private readonly connection: StripeConnection) {}

  async send(reading: MeterReading): Promise<void> {
    try {
      await this.#create(reading);
    } catch (error) {
      if (!isCounted(error, reading.identifier)) throw error;
    }
  }

  async #create({ identifier, customerId, value, at }: MeterReading): Promise<void> {
    await this.connection.write(
      (stripe, options) =>
        stripe.billing.meterEvents.create(
          {
            event_name: EXECUTION_METER,
            identifier,
            timestamp: unixSeconds(at),
            payload: { stripe_customer_id: customerId, value: String(value) },
          },
          options,
        ),
      `meter/${identifier}`,
    );
  }
}

/** The provider has an event of this identifier, whose answer never came to us. */
const isCounted = (error: unknown, identifier: string): boolean =>
  isProblem(error) &&
  error.cause instanceof Stripe.errors.StripeInvalidRequestError &&
  error.cause.message.includes('already exists') &&
  error.cause.message.includes(identifier);
