import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, KeyScope, type RequestContext, Requires } from '#auth';
import { Cursors } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { withinLimits } from '../execute-helper/limited-key.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { ExecutionItem } from '#contracts';
import { executionItem, executionView, ExecutionView, timelineView, TimelineView } from '../views/execution-view.js';
import { ExecutionListQuery, filterOf } from './execution-filter.js';

const ExecutionList = z.object({
  executions: z.array(ExecutionItem),
  total_count: z.number().int(),
  next_token: z.string(),
  has_more: z.boolean(),
  page_info: z.object({ next_cursor: z.string().nullable(), has_more: z.boolean(), page_size: z.number().int() }),
});

const ORDER = '-_id';
const Include = z.object({ include: z.string().optional() });

/** Executions of an account: lists, one, its timeline. */
@Controller('executions')
export class ReadExecutionsController {
  constructor(
    private readonly executions: ExecutionsRepository,
    private readonly cursors: Cursors,
  ) {}

  /** Newest first. Ids sort by time, so the id alone is the position. */
  @Get()
  @Requires('executions', 'view')
  @KeyScope('read_executions', { keepsToHelpers: true })
  @Envelope('Executions retrieved')
  @Api({ summary: 'List executions', answer: ExecutionList })
  async list(@Ctx() ctx: RequestContext, @Query({ schema: ExecutionListQuery }) query: ExecutionListQuery) {
    const filter = { ...filterOf(query), ...withinLimits(ctx, 'helper_id') };
    const binding = { scope: ctx.scope, filter, order: ORDER };
    const after =
      query.next_token === undefined || query.next_token === ''
        ? undefined
        : this.cursors.read(binding, query.next_token)[0];
    const records = await this.executions.list(
      ctx.scope,
      { ...filter, ...(typeof after === 'string' && { _id: { $lt: after } }) },
      { sort: { _id: -1 }, limit: query.limit + 1 },
    );
    const page = records.slice(0, query.limit);
    const last = page.at(-1);
    const next = records.length > page.length && last !== undefined ? this.cursors.sign(binding, [last._id]) : '';
    return {
      executions: page.map(executionItem),
      total_count: page.length,
      next_token: next,
      has_more: next !== '',
      page_info: { next_cursor: next === '' ? null : next, has_more: next !== '', page_size: query.limit },
    };
  }

  @Get(':execution_id')
  @Requires('executions', 'view')
  @KeyScope('read_executions', { keepsToHelpers: true })
  @Envelope('Execution retrieved')
  @Api({ summary: 'Read an execution', answer: ExecutionView, errors: ['executions.not_found'] })
  async read(
    @Ctx() ctx: RequestContext,
    @Param('execution_id', { schema: z.string() }) executionId: string,
    @Query({ schema: Include }) { include }: z.infer<typeof Include>,
  ): Promise<ExecutionView> {
    const withEvents = (include ?? '').split(',').includes('events');
    return executionView(await this.get(ctx, executionId), withEvents);
  }

  @Get(':execution_id/events')
  @Requires('executions', 'view')
  @KeyScope('read_executions', { keepsToHelpers: true })
  @Envelope('Timeline retrieved')
  @Api({
    summary: 'Read the timeline of an execution',
    answer: z.object({ execution_id: z.string(), events: z.array(TimelineView) }),
    errors: ['executions.not_found'],
  })
  async timeline(@Ctx() ctx: RequestContext, @Param('execution_id', { schema: z.string() }) executionId: string) {
    const record = await this.get(ctx, executionId);
    return { execution_id: record._id, events: timelineView(record) };
  }

  private get(ctx: RequestContext, executionId: string): Promise<ExecutionRecord> {
    return this.executions.get(ctx.scope, executionId, withinLimits(ctx, 'helper_id'));
  }
}
