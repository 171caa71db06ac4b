import { Inject, Injectable } from '@nestjs/common';
import type { JetStreamClient, JsMsg } from '@nats-io/jetstream';
import { createHash } from 'node:crypto';
import { subjects, type DeadLetter, type ExecutionFailure, type ExecutionJob } from '#contracts';
import { JETSTREAM, publishJson } from '#messaging';
import { counter, logger } from '#telemetry';
import { RunnerSettings } from '../settings.js';

const deadLettered = counter({
  name: 'mfh.executions.dead_lettered',
  description: 'Jobs that ended in the dead letters',
  unit: '{execution}',
});

/** The id of a dead letter comes from what died, so that writing it twice makes one. */
export function deadLetterId(of: string): string {
  return `dlq_${createHash('sha256').update(of).digest('hex').slice(0, 26)}`;
}

/** Puts jobs that cannot be done into the DEAD_LETTERS stream, with everything a replay needs. */
@Injectable()
export class DeadLetters {
  constructor(
    @Inject(JETSTREAM) private readonly jetstream: JetStreamClient,
    private readonly settings: RunnerSettings,
  ) {}

  /** @returns the dead letter's id */
  async add(
    job: ExecutionJob,
    error: ExecutionFailure,
    attempts: DeadLetter['attempts'],
    traceparent?: string,
  ): Promise<string> {
    const id = deadLetterId(job.execution_id);
    const letter: DeadLetter = {
      dead_letter_id: id,
      kind: 'execution',
      job,
      reason: error,
      attempts,
      dead_at: new Date().toISOString(),
      ...(traceparent !== undefined && { traceparent }),
    };
    await publishJson(this.jetstream, subjects.deadLetter('execution'), letter, { msgID: id });
    deadLettered.add(1, { helper_type: job.helper_type, code: error.code });
    return id;
  }

  /** A message that is no job: kept for the operator, taken out of the queue. */
  async unreadable(message: JsMsg, why: string): Promise<void> {
    const id = deadLetterId(`${message.subject} ${message.seq}`);
    const letter: DeadLetter = {
      dead_letter_id: id,
      kind: 'execution',
      reason: { code: 'job.unreadable', class: 'give_up', message: why.slice(0, 1000) },
      raw: message.string().slice(0, 16_384),
      attempts: [],
      dead_at: new Date().toISOString(),
    };
    try {
      await publishJson(this.jetstream, subjects.deadLetter('unreadable'), letter, { msgID: id });
      message.term('job.unreadable');
      deadLettered.add(1, { code: 'job.unreadable' });
    } catch (error) {
      logger.error(
        { err: error, subject: message.subject, sequence: message.seq },
        'an unreadable job could not be put away, it comes again',
      );
      message.nak(this.settings.ackWaitMs);
    }
  }
}
