import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import { MeterPositionsRepository } from '../persistence/meter-positions.repository.js';
import type { SendingReading } from '../persistence/meter-positions.repository.js';
import type { WatchedUsage } from '../watch-usage/watched-usage.js';

/**
 * Reports booked executions to the provider's meter, each exactly once: what is sent is written down first, under an
 * identifier that the provider counts once, and a process that dies in between is followed by one that sends the same.
 */
@Injectable()
export class MeterUsage {
  constructor(
    private readonly provider: PaymentProvider,
    private readonly positions: MeterPositionsRepository,
    private readonly clock: Clock,
  ) {}

  /** @param booked how many executions of the period are booked; an older number reports nothing */
  async report(usage: WatchedUsage, booked: number): Promise<void> {
    const customerId = usage.subscription?.known?.customer_id;
    if (!this.provider.configured || customerId === undefined) return;
    const position = await this.positions.find(usage.key);
    let reported = position?.reported ?? 0;
    if (position?.sending !== undefined) {
      await this.#send(usage.key, position.sending);
      reported = position.sending.up_to;
    }
    if (booked <= reported || !isPaid(usage)) return;
    const sending: SendingReading = {
      identifier: identifierOf(usage.key, reported, booked),
      customer_id: customerId,
      after: reported,
      up_to: booked,
      at: this.#momentIn(usage),
    };
    if (await this.positions.begin(usage.key, usage.accountId, sending)) await this.#send(usage.key, sending);
  }

  async #send(period: string, sending: SendingReading): Promise<void> {
    const { identifier, customer_id, after, up_to, at } = sending;
    await this.provider.meters.send({ identifier, customerId: customer_id, value: up_to - after, at });
    await this.positions.finish(period, sending);
  }

  /** An execution that ends after the period of its acceptance still belongs to the invoice of that period. */
  #momentIn({ period }: WatchedUsage): Date {
    return new Date(Math.min(this.clock.now().getTime(), period.to.getTime() - 1_000));
  }
}

/** Free usage is counted by calendar months; any other period was paid for, even if the account is free by now. */
const isPaid = ({ plan, period }: WatchedUsage): boolean =>
  plan.overagePerExecution !== null || period.from.getTime() !== firstOfMonth(period.from);

const firstOfMonth = (at: Date): number => Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);

function identifierOf(period: string, after: number, upTo: number): string {
  const name = createHash('sha256').update(period).digest('base64url').slice(0, 32);
  return `exec-${name}-${after}-${upTo}`;
}
