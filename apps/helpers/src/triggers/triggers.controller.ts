import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { HelpersRepository } from '../persistence/helpers.repository.js';
import { NewTriggerBody, triggerView, TriggerView } from './trigger-bodies.js';
import { Triggers } from './trigger.repository.js';
import { TriggersOfHelper } from './triggers-of-helper.js';

const Id = z.string().max(200);

/** What starts a helper by itself: changes of contacts at the vendor of its connection. */
@Controller('helpers/:helper_id/triggers')
export class TriggersController {
  constructor(
    private readonly helpers: HelpersRepository,
    private readonly triggers: Triggers,
    private readonly ofHelper: TriggersOfHelper,
  ) {}

  @Get()
  @RequiresPermission('can_manage_helpers')
  @Envelope('Triggers retrieved')
  @Api({
    summary: 'List the triggers of a helper',
    answer: z.object({ triggers: z.array(TriggerView), total_count: z.number().int() }),
    errors: ['helpers.not_found'],
    invalidStatus: 422,
  })
  async list(@Ctx() ctx: RequestContext, @Param('helper_id', { schema: Id }) helperId: string) {
    const helper = await this.helpers.get(ctx.scope, helperId, { status: 'active' });
    const records = await this.triggers.ofHelper(ctx.scope, helper._id);
    const states = await this.ofHelper.statesOf(ctx.scope, records);
    const triggers = records.map((record) => triggerView(record, states.get(record._id) ?? { status: 'unknown' }));
    return { triggers, total_count: triggers.length };
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
