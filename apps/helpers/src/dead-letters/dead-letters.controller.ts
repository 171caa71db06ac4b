import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, KeyScope, type RequestContext, Requires, RequiresPermission } from '#auth';
import { PageInfo } from '#contracts';
import { Lists, splitListQuery } from '#persistence';
import { answerWith, Api, Envelope } from '#service-defaults';
import { ReplayBody } from '../replay-execution/replay-execution.controller.js';
import { DeadLettersRepository } from './dead-letters.repository.js';
import {
  DEAD_LETTERS,
  DeadLetterFilter,
  deadLetterItem,
  DeadLetterItem,
  DeadLetterQuery,
  deadLetterView,
  DeadLetterView,
  storedFilter,
} from './dead-letter-views.js';
import { deadLetterStates, ReplayDeadLetters } from './replay-dead-letters.js';

const Id = z.string();

const ReplayManyBody = z
  .strictObject({
    filter: DeadLetterFilter.refine((filter) => Object.keys(filter).length > 0, 'Name at least one condition'),
    limit: z.number().int().min(1).max(1000).default(100),
    dry_run: z.boolean().default(false),
  })
  .meta({ id: 'ReplayDeadLetters' });
type ReplayManyBody = z.infer<typeof ReplayManyBody>;

const ReplayedMany = z.object({
  matched: z.number().int(),
  replayed: z.number().int(),
  execution_ids: z.array(z.string()),
  remaining: z.number().int(),
});

/** Executions that used up their attempts or left an effect in doubt. */
@Controller('dead-letters')
export class DeadLettersController {
  constructor(
    private readonly deadLetters: DeadLettersRepository,
    private readonly replays: ReplayDeadLetters,
    private readonly lists: Lists,
  ) {}

  @Get()
  @Requires('dead_letters', 'view')
  @KeyScope('read_executions')
  @Envelope('Dead letters retrieved')
  @Api({
    summary: 'List dead letters',
    answer: z.object({
      dead_letters: z.array(DeadLetterItem),
      page_info: PageInfo,
    }),
    invalidStatus: 422,
  })
  async list(@Ctx() { scope }: RequestContext, @Query({ schema: DeadLetterQuery }) query: DeadLetterQuery) {
    const { request, filter } = splitListQuery(query);
    const where = storedFilter(filter);
    const { items, page_info } = await this.lists.page(DEAD_LETTERS, { scope, where, request, from: this.deadLetters });
    return { dead_letters: items.map(deadLetterItem), page_info };
  }

  @Get(':dead_letter_id')
  @Requires('dead_letters', 'view')
  @KeyScope('read_executions')
  @Envelope('Dead letter retrieved')
  @Api({ summary: 'Read a dead letter', answer: DeadLetterView, errors: ['dead_letters.not_found'] })
  async read(@Ctx() ctx: RequestContext, @Param('dead_letter_id', { schema: Id }) id: string): Promise<DeadLetterView> {
    return deadLetterView(await this.deadLetters.get(ctx.scope, id));
  }

  @Post('replay')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers')
  @Envelope('Dead letters replayed')
  @Api({
    summary: 'Replay dead letters by filter',
    description: 'A dry run is answered 200: nothing was accepted.',
    answer: ReplayedMany,
    status: 202,
    otherStatuses: [200],
    invalidStatus: 422,
  })
  async replayMany(@Ctx() ctx: RequestContext, @Body({ schema: ReplayManyBody }) body: ReplayManyBody) {
    const result = await this.replays.many(ctx, body.filter, body.limit, body.dry_run);
    const data = {
      matched: result.matched,
      replayed: result.replayed,
      execution_ids: result.executionIds,
      remaining: result.remaining,
    };
    return answerWith(data, body.dry_run ? { status: 200 } : {});
  }

  @Post(':dead_letter_id/replay')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers')
  @Envelope('Dead letter replayed')
  @Api({
    summary: 'Replay a dead letter',
    answer: z.object({ dead_letter_id: z.string(), execution_id: z.string(), status: z.literal('pending') }),
    status: 202,
    errors: [
      'dead_letters.not_found',
      'dead_letters.transition_not_allowed',
      'account.suspended',
      'billing.quota_exceeded',
    ],
    invalidStatus: 422,
  })
  async replayOne(
    @Ctx() ctx: RequestContext,
    @Param('dead_letter_id', { schema: Id }) id: string,
    @Body({ schema: ReplayBody }) body: ReplayBody,
  ) {
    return {
      dead_letter_id: id,
      execution_id: await this.replays.one(ctx, id, body.use_current_config),
      status: 'pending' as const,
    };
  }

  @Delete(':dead_letter_id')
  @RequiresPermission('can_execute_helpers')
  @KeyScope('execute_helpers')
  @Envelope('Dead letter discarded')
  @Api({
    summary: 'Discard a dead letter',
    answer: z.object({ dead_letter_id: z.string(), status: z.literal('discarded') }),
    errors: ['dead_letters.not_found', 'dead_letters.transition_not_allowed'],
  })
  async discard(@Ctx() ctx: RequestContext, @Param('dead_letter_id', { schema: Id }) id: string) {
    await this.deadLetters.transition(ctx.scope, id, { machine: deadLetterStates, field: 'status', to: 'discarded' });
    return { dead_letter_id: id, status: 'discarded' as const };
  }
}
