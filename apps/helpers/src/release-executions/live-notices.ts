import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { subjects, type LiveNotice } from '#contracts';
import { NATS_CONNECTION } from '#messaging';
import { logger } from '#telemetry';

const MOST_IDS = 200;

/** Tells whoever watches an account which of its executions have changed. Costs one small message a group and account. */
@Injectable()
export class LiveNotices {
  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  changed(executions: readonly { accountId: string; executionId: string }[]): void {
    const at = Date.now();
    for (const [accountId, own] of Map.groupBy(executions, (execution) => execution.accountId)) {
      const ids = [...new Set(own.map((execution) => execution.executionId))];
      for (let first = 0; first < ids.length; first += MOST_IDS) {
        this.send(accountId, { execution_ids: ids.slice(first, first + MOST_IDS), at });
      }
    }
  }

  private send(accountId: string, notice: LiveNotice): void {
    try {
      this.connection.publish(subjects.live(accountId), JSON.stringify(notice));
    } catch (error) {
      logger.debug({ err: error }, 'watchers not told; they resume from the events');
    }
  }
}
