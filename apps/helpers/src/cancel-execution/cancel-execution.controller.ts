import { Body, Controller, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, KeyScope, RequiresPermission, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { EndExecution } from './end-execution.js';

const CancelBody = z
  .object({ reason: z.string().max(200).optional() })
  .default({})
  .meta({ id: 'CancelExecution' });
type CancelBody = z.infer<typeof CancelBody>;

@Controller('executions')
export class CancelExecutionController {
  constructor(private readonly ending: EndExecution) {}

  @Post(':execution_id/cancel')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers')
  @Envelope('Execution cancelled')
  @Api({
    summary: 'Cancel a pending execution',
    answer: z.object({ execution_id: z.string(), status: z.literal('cancelled'), cancelled_at: z.iso.datetime() }),
    errors: ['executions.not_found', 'executions.transition_not_allowed'],
    invalidStatus: 422,
  })
  async cancel(
    @Ctx() ctx: RequestContext,
    @Param('execution_id', { schema: z.string() }) executionId: string,
    @Body({ schema: CancelBody }) { reason }: CancelBody,
  ) {
    const record = await this.ending.cancel(ctx.scope, executionId, reason);
    return {
      execution_id: record._id,
      status: 'cancelled' as const,
      cancelled_at: (record.completed_at ?? record.updated_at).toISOString(),
    };
  }
}
