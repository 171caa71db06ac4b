import { Body, Controller, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, KeyScope, RequiresPermission, type RequestContext } from '#auth';
import { EXECUTION_STATUSES } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { jobOf } from '../domain/execution-job.js';
import { timelineEntry } from '../domain/execution-record.js';
import { executionStates } from '../persistence/execution-states.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { Replay } from './replay.js';

export const ReplayBody = z
  .object({ use_current_config: z.boolean().default(false) })
  .prefault({})
  .meta({ id: 'Replay' });
export type ReplayBody = z.infer<typeof ReplayBody>;

@Controller('executions')
export class ReplayExecutionController {
  constructor(
    private readonly executions: ExecutionsRepository,
    private readonly replay: Replay,
  ) {}

  @Post(':execution_id/replay')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers')
  @Envelope('Execution replayed')
  @Api({
    summary: 'Replay a failed or cancelled execution',
    answer: z.object({
      execution_id: z.string(),
      replay_of: z.string(),
      helper_id: z.string(),
      status: z.enum(EXECUTION_STATUSES),
    }),
    status: 202,
    errors: [
      'executions.not_found',
      'executions.transition_not_allowed',
      'account.suspended',
      'billing.quota_exceeded',
      'generic.rate_limited',
    ],
    invalidStatus: 422,
  })
  async replayOne(
    @Ctx() ctx: RequestContext,
    @Param('execution_id', { schema: z.string() }) executionId: string,
    @Body({ schema: ReplayBody }) body: ReplayBody,
  ) {
    const original = await this.executions.get(ctx.scope, executionId);
    if (original.status !== 'failed' && original.status !== 'cancelled') {
      const text = `An execution that is ${original.status} cannot be replayed`;
      throw executionStates.refusal(original.status, 'replayed', text);
    }
    const record = await this.replay.of(ctx, jobOf(original), body.use_current_config);
    await this.executions.note(
      ctx.scope,
      executionId,
      timelineEntry('replayed', 'Replayed', { execution_id: record._id }),
    );
    return { execution_id: record._id, replay_of: original._id, helper_id: record.helper_id, status: record.status };
  }
}
