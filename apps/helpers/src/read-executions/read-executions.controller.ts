import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, KeyScope, type RequestContext, Requires } from '#auth';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { withinLimits } from '../execute-helper/limited-key.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { ExecutionItem, PageInfo } from '#contracts';
import { executionItem, executionView, ExecutionView, timelineView, TimelineView } from '../views/execution-view.js';
import { EXECUTIONS, ExecutionListQuery, filterOf } from './execution-filter.js';

const ExecutionList = z.object({
  executions: z.array(ExecutionItem),
  total_count: z.number().int(),
  next_token: z.string(),
  has_more: z.boolean(),
  page_info: PageInfo,
});

const TIMELINE = defineList<z.infer<typeof TimelineView>>({
  name: 'execution-events',
  key: 'seq',
  orders: { seq: [] },
  defaultOrder: 'seq',
  size: 'all',
});
const TimelineQuery = listQuery(TIMELINE);
type TimelineQuery = z.infer<typeof TimelineQuery>;
const Include = z.object({ include: z.string().optional() });

/** Executions of an account: lists, one, its timeline. */
@Controller('executions')
export class ReadExecutionsController {
  constructor(
    private readonly executions: ExecutionsRepository,
    private readonly lists: Lists,
  ) {}

  @Get()
  @Requires('executions', 'view')
  @KeyScope('read_executions', { keepsToHelpers: true })
  @Envelope('Executions retrieved')
  @Api({ summary: 'List executions', answer: ExecutionList })
  async list(@Ctx() ctx: RequestContext, @Query({ schema: ExecutionListQuery }) query: ExecutionListQuery) {
    const { request, filter } = splitListQuery({ ...query, cursor: query.cursor ?? query.next_token });
    const { items, page_info } = await this.lists.page(EXECUTIONS, {
      scope: ctx.scope,
      where: { ...filterOf(filter), ...withinLimits(ctx, 'helper_id') },
      request,
      from: this.executions,
    });
    return {
      executions: items.map(executionItem),
      total_count: items.length,
      next_token: page_info.next_cursor ?? '',
      has_more: page_info.has_more,
      page_info,
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
    answer: z.object({ execution_id: z.string(), events: z.array(TimelineView), page_info: PageInfo }),
    errors: ['executions.not_found'],
  })
  async timeline(
    @Ctx() ctx: RequestContext,
    @Param('execution_id', { schema: z.string() }) executionId: string,
    @Query({ schema: TimelineQuery }) query: TimelineQuery,
  ) {
    const record = await this.get(ctx, executionId);
    const { request } = splitListQuery(query);
    const { items, page_info } = this.lists.pageOf(TIMELINE, {
      scope: ctx.scope,
      filter: record._id,
      request,
      items: timelineView(record),
    });
    return { execution_id: record._id, events: items, page_info };
  }

  private get(ctx: RequestContext, executionId: string): Promise<ExecutionRecord> {
    return this.executions.get(ctx.scope, executionId, withinLimits(ctx, 'helper_id'));
  }
}
