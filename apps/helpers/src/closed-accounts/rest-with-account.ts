import { Inject, Injectable } from '@nestjs/common';
import { ExecutionClaims, JETSTREAM, NATS_CONNECTION, type JetStreamClient, type NatsConnection } from '#messaging';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { Instance } from '../domain/instance.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { AccountClosings, type AccountClosing } from './account-closings.repository.js';

const BATCH = 100;
/** What another process accepted or held before it knew of the change is found within this time. */
const LOOKED_AT_FOR_MS = 60_000;

/** Takes back the jobs of an account that is being deleted, and lets them go on when it has been restored. */
@Injectable()
export class RestWithAccount {
  private readonly claims: ExecutionClaims;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly instance: Instance,
    private readonly closings: AccountClosings,
    private readonly executions: ExecutionsRepository,
  ) {
    this.claims = new ExecutionClaims(connection, jetstream);
  }

  /** Does what the last word about an account asks for; doing it again changes nothing. */
  async apply({ _id: accountId, closed, erase_at: eraseAt }: AccountClosing): Promise<void> {
    if (closed) await this.recall(accountId, eraseAt ?? new Date());
    else await this.executions.restedGoOn(accountId, new Date());
  }

  async applyRecent(): Promise<void> {
    for (const closing of await this.closings.changedSince(new Date(Date.now() - LOOKED_AT_FOR_MS))) {
      await this.apply(closing);
    }
  }

  /** A runner that has begun goes on to its end; every other job is acknowledged by whoever it is delivered to. */
  private async recall(accountId: string, until: Date): Promise<void> {
    for (;;) {
      const records = await this.executions.inStreamOf(accountId, BATCH);
      if (records.length === 0) return;
      // First the record: a runner that finds the claim below asks whether the job is still meant to be in the stream.
      await this.executions.rest(
        records.map((record) => record._id),
        until,
      );
      await Promise.all(records.map((record) => this.recallOne(record)));
    }
  }

  private async recallOne({ _id: executionId }: ExecutionRecord): Promise<void> {
    const held = await this.claims.read(executionId);
    if (held !== null && held.claim.kind !== 'released') return;
    const { attempt, failed } = held?.claim ?? { attempt: 0, failed: [] };
    const claim = {
      kind: 'recalled' as const,
      by: this.instance.id,
      attempt,
      at: new Date().toISOString(),
      failed,
    };
    // Somebody else's claim came first: a runner has begun, or another process has recalled it.
    await this.claims.write(executionId, claim, held?.revision ?? 0);
  }
}
