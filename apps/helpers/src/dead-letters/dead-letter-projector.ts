import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { JetStreamClient, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { DeadLetter, scopeOf, subjects } from '#contracts';
import { BatchConsumer, JETSTREAM, NATS_CONNECTION } from '#messaging';
import { isDuplicateKey } from '#persistence';
import { logger, parseTraceparent } from '#telemetry';
import { DeadLettersRepository } from './dead-letters.repository.js';

const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** Makes dead letters of the stream visible to their accounts. The stream keeps the truth for the operator. */
@Injectable()
export class DeadLetterProjector implements OnApplicationBootstrap {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly deadLetters: DeadLettersRepository,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'DEAD_LETTERS',
      durable: 'helpers-dead-letters',
      filters: [subjects.deadLetter('execution')],
      handle: (messages) => this.store(messages),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.consumer.start();
  }

  async stopWork(): Promise<void> {
    await this.consumer.stop();
  }

  private async store(messages: readonly JsMsg[]): Promise<void> {
    for (const message of messages) {
      const letter = DeadLetter.safeParse(message.json());
      if (letter.success) await this.storeOne(letter.data);
      else
        logger.error(
          { err: letter.error, sequence: message.seq },
          'a dead letter cannot be read; it stays in the stream',
        );
    }
  }

  private async storeOne({ job, ...letter }: DeadLetter): Promise<void> {
    if (job === undefined) return;
    const deadAt = new Date(letter.dead_at);
    const traceId = parseTraceparent(letter.traceparent)?.traceId;
    try {
      await this.deadLetters.insert(scopeOf(job.account_id), {
        _id: letter.dead_letter_id,
        kind: letter.kind,
        status: 'open',
        execution_id: job.execution_id,
        helper_id: job.helper_id,
        helper_type: job.helper_type,
        ...(job.connection_id !== undefined && { connection_id: job.connection_id }),
        ...(job.contact_id !== undefined && { contact_id: job.contact_id }),
        reason: letter.reason,
        attempts: letter.attempts,
        job,
        dead_at: deadAt,
        first_at: new Date(letter.attempts[0]?.started_at ?? job.accepted_at),
        expires_at: new Date(deadAt.getTime() + LIFETIME_MS),
        ...(traceId !== undefined && { trace_id: traceId }),
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
