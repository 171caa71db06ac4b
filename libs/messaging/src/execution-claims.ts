import { jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { FailedAttempt, subjects, unavailable } from '#contracts';
import { isMissing, isWrongLastSequence } from './broker-errors.js';
import { publishJson } from './publish.js';

/** Who may work on an execution; the last message on its claim subject says so. */
export const ExecutionClaim = z.object({
  /**
   * `run`: a runner works on it; `released`: it was handed back before any work; `cancelled`: nobody ever may;
   * `recalled`: as released, but no runner may begin until the job has been published anew.
   */
  kind: z.enum(['run', 'released', 'cancelled', 'recalled']),
  /** Runner or process that wrote the claim. */
  by: z.string(),
  /** Which try this is; a claim that is taken over from a dead runner counts one more. */
  attempt: z.number().int(),
  at: z.iso.datetime(),
  /** Earlier tries that did not work, oldest first. */
  failed: z.array(FailedAttempt).default([]),
});
export type ExecutionClaim = z.infer<typeof ExecutionClaim>;

/** A claim and its revision, which the next writer must name. */
export interface HeldClaim {
  claim: ExecutionClaim;
  revision: number;
}

/** A run ends within minutes; its claim is kept long enough to recognise any second delivery of its job. */
const RUN_TTL = '1h';
/** A cancelled or handed-back job may wait for as long as the stream keeps jobs. */
const WAITING_TTL = '360h';
const STEP = 'claim';

/** Compare-and-set on the right to work on an execution: the runner's start and the cancellation both try it. */
export class ExecutionClaims {
  private manager: Promise<JetStreamManager> | undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly jetstream: JetStreamClient,
  ) {}

  /**
   * Writes a claim if the last one is still the one with `revision` (0: there is none).
   * @returns the new revision, or null when somebody else was quicker
   * @throws Problem 503 when the broker cannot say; the claim is then in doubt and must be read again
   */
  async write(executionId: string, claim: ExecutionClaim, revision: number): Promise<number | null> {
    try {
      const { seq } = await publishJson(this.jetstream, subjects.effect(executionId, STEP), claim, {
        expect: { lastSubjectSequence: revision },
        ttl: claim.kind === 'run' ? RUN_TTL : WAITING_TTL,
      });
      return seq;
    } catch (error) {
      if (isWrongLastSequence(error)) return null;
      throw unavailable('The message broker', error);
    }
  }

  /** The claim as it stands, or null when there is none. */
  async read(executionId: string): Promise<HeldClaim | null> {
    this.manager ??= jetstreamManager(this.connection, { checkAPI: false });
    const manager = await this.manager;
    try {
      const message = await manager.streams.getMessage(subjects.stream('EFFECTS'), {
        last_by_subj: subjects.effect(executionId, STEP),
      });
      return message === null ? null : { claim: ExecutionClaim.parse(message.json()), revision: message.seq };
    } catch (error) {
      if (isMissing(error)) return null;
      throw unavailable('The message broker', error);
    }
  }
}
