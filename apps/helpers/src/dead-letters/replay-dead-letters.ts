import { Injectable } from '@nestjs/common';
import { isProblem } from '#contracts';
import { StateMachine } from '#persistence';
import { timelineEntry } from '../domain/execution-record.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { Replay, type ReplayRequester } from '../replay-execution/replay.js';
import { derivedExecutionId } from '../start-children/derived-id.js';
import { DeadLettersRepository, type DeadLetterRecord, DEAD_LETTER_STATUSES } from './dead-letters.repository.js';
import { storedFilter, type DeadLetterFilter } from './dead-letter-views.js';

type Status = (typeof DEAD_LETTER_STATUSES)[number];
export const deadLetterStates = new StateMachine<Status>('dead_letters', {
  open: ['replayed', 'discarded'],
  replayed: [],
  discarded: [],
});

export interface ReplayedMany {
  matched: number;
  replayed: number;
  executionIds: string[];
  remaining: number;
}

/** Replays dead letters from what they hold themselves, so that it works after the execution's record has expired. */
@Injectable()
export class ReplayDeadLetters {
  constructor(
    private readonly deadLetters: DeadLettersRepository,
    private readonly executions: ExecutionsRepository,
    private readonly replay: Replay,
  ) {}

  /** @throws Problem 404, 409 unless open; two calls at once make one execution, because its id is derived */
  async one(ctx: ReplayRequester, id: string, useCurrentConfig: boolean): Promise<string> {
    const letter = await this.deadLetters.get(ctx.scope, id);
    deadLetterStates.assert(letter.status, 'replayed');
    const executionId = derivedExecutionId(letter.execution_id, `replay ${letter._id}`);
    await this.replay.of(ctx, letter.job, useCurrentConfig, executionId);
    await this.deadLetters.transition(ctx.scope, id, {
      machine: deadLetterStates,
      field: 'status',
      to: 'replayed',
      set: { replayed_as: executionId },
    });
    await this.noteOnOriginal(ctx, letter, executionId);
    return executionId;
  }

  /** Replays open letters that match, oldest first, until one is refused by a limit. */
  async many(ctx: ReplayRequester, filter: DeadLetterFilter, limit: number, dryRun: boolean): Promise<ReplayedMany> {
    const where = { ...storedFilter(filter), status: 'open' as const };
    const matched = await this.deadLetters.count(ctx.scope, where);
    if (dryRun) return { matched, replayed: 0, executionIds: [], remaining: matched };
    const letters = await this.deadLetters.list(ctx.scope, where, { sort: { dead_at: 1 }, limit });
    const executionIds: string[] = [];
    for (const letter of letters) {
      try {
        executionIds.push(await this.one(ctx, letter._id, false));
      } catch (error) {
        if (!isProblem(error) || (error.status !== 429 && error.status !== 409)) throw error;
        if (error.status === 429) break;
      }
    }
    return { matched, replayed: executionIds.length, executionIds, remaining: matched - executionIds.length };
  }

  private async noteOnOriginal(ctx: ReplayRequester, letter: DeadLetterRecord, executionId: string): Promise<void> {
    const original = await this.executions.find(ctx.scope, letter.execution_id);
    if (original === null) return;
    await this.executions.note(
      ctx.scope,
      letter.execution_id,
      timelineEntry('replayed', 'Replayed', { execution_id: executionId }),
    );
  }
}
