import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { PageInfo } from '#contracts';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { HelpersRepository } from '../persistence/helpers.repository.js';
import { NewTriggerBody, triggerView, TriggerView } from './trigger-bodies.js';
import { Triggers, type TriggerRecord } from './trigger.repository.js';
import { TriggersOfHelper } from './triggers-of-helper.js';

const Id = z.string().max(200);

/** Ids sort by time. */
const TRIGGERS = defineList<TriggerRecord>({
  name: 'triggers',
  orders: { created_at: [], started_count: ['started_count'], last_started_at: ['last_started_at'] },
  optional: ['last_started_at'],
  defaultOrder: 'created_at',
  total: 'always',
});
const TriggerListQuery = listQuery(TRIGGERS);
type TriggerListQuery = z.infer<typeof TriggerListQuery>;

/** What starts a helper by itself: changes of contacts at the vendor of its connection. */
@Controller('helpers/:helper_id/triggers')
export class TriggersController {
  constructor(
    private readonly helpers: HelpersRepository,
    private readonly triggers: Triggers,
    private readonly lists: Lists,
    private readonly ofHelper: TriggersOfHelper,
  ) {}

  @Get()
  @RequiresPermission('can_manage_helpers')
  @Envelope('Triggers retrieved')
  @Api({
    summary: 'List the triggers of a helper',
    answer: z.object({ triggers: z.array(TriggerView), total_count: z.number().int(), page_info: PageInfo }),
    errors: ['helpers.not_found'],
    invalidStatus: 422,
  })
  async list(
    @Ctx() { scope }: RequestContext,
    @Param('helper_id', { schema: Id }) helperId: string,
    @Query({ schema: TriggerListQuery }) query: TriggerListQuery,
  ) {
    const helper = await this.helpers.get(scope, helperId, { status: 'active' });
    const { request } = splitListQuery(query);
    const where = { helper_id: helper._id };
    const { items, page_info } = await this.lists.page(TRIGGERS, { scope, where, request, from: this.triggers });
    const states = await this.ofHelper.statesOf(scope, items);
    const triggers = items.map((record) => triggerView(record, states.get(record._id) ?? { status: 'unknown' }));
    return { triggers, total_count: page_info.total ?? items.length, page_info };
  }

  @Post()
  @RequiresPermission('can_manage_helpers')
  @Envelope('Trigger created')
  @Api({
    summary: 'Start a helper by changes of contacts',
    description:
      'One execution for each matching change. A change that was made by runs which this helper led to, itself ' +
      'included, does not start it again.',
    answer: TriggerView,
    status: 201,
    invalidStatus: 422,
    errors: [
      'helpers.not_found',
      'billing.feature_not_available',
      'triggers.connection_required',
      'triggers.unsupported',
      'triggers.invalid_filter',
      'triggers.duplicate',
      'triggers.too_many',
    ],
  })
  async create(
    @Ctx() ctx: RequestContext,
    @Param('helper_id', { schema: Id }) helperId: string,
    @Body({ schema: NewTriggerBody }) body: NewTriggerBody,
  ): Promise<TriggerView> {
    const trigger = await this.ofHelper.add(ctx.scope, ctx.actor.userId, helperId, body);
    return triggerView(trigger, { status: 'pending' });
  }

  @Delete(':trigger_id')
  @RequiresPermission('can_manage_helpers')
  @Envelope('Trigger deleted')
  @Api({
    summary: 'Delete a trigger',
    answer: z.object({ trigger_id: z.string() }),
    errors: ['helpers.not_found', 'triggers.not_found'],
    invalidStatus: 422,
  })
  async remove(
    @Ctx() ctx: RequestContext,
    @Param('helper_id', { schema: Id }) helperId: string,
    @Param('trigger_id', { schema: Id }) triggerId: string,
  ) {
    await this.helpers.get(ctx.scope, helperId, { status: 'active' });
    await this.ofHelper.remove(ctx.scope, helperId, triggerId);
    return { trigger_id: triggerId };
  }
}
