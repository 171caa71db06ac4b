import { Body, Controller, Delete, Get, Headers, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Ctx, KeyScope, type RequestContext, Requires, RequiresPermission } from '#auth';
import { versionFromIfMatch } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { HelpersRepository } from '../persistence/helpers.repository.js';
import { withinLimits } from '../execute-helper/limited-key.js';
import { HelperView, helperView } from '../views/helper-view.js';
import { CreateHelper } from './create-helper.handler.js';
import { DeleteHelper } from './delete-helper.handler.js';
import { CreateHelperBody, UpdateHelperBody } from './helper-bodies.js';
import { UpdateHelper } from './update-helper.handler.js';

const HelperId = z.string();

/** The configured helpers of an account. */
@Controller('helpers')
export class ManageHelpersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly helpers: HelpersRepository,
  ) {}

  @Get()
  @Requires('helpers', 'view')
  @KeyScope('read_helpers', { keepsToHelpers: true })
  @Envelope('Helpers retrieved')
  @Api({ summary: 'List helpers', answer: z.object({ helpers: z.array(HelperView), total_count: z.number().int() }) })
  async list(@Ctx() ctx: RequestContext) {
    const records = await this.helpers.list(
      ctx.scope,
      { status: 'active', ...withinLimits(ctx, '_id') },
      { sort: { _id: -1 } },
    );
    return { helpers: records.map(helperView), total_count: records.length };
  }

  @Post()
  @RequiresPermission('can_manage_helpers')
  @Envelope('Helper created')
  @Api({
    summary: 'Create a helper',
    answer: HelperView,
    status: 201,
    errors: ['helpers.unknown_type', 'helpers.invalid_config', 'billing.limit_reached', 'connections.not_found'],
  })
  async create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateHelperBody }) body: CreateHelperBody,
  ): Promise<HelperView> {
    return helperView(await this.commands.execute(new CreateHelper(ctx.scope, ctx.actor.userId, body)));
  }

  @Get(':helper_id')
  @Requires('helpers', 'view')
  @KeyScope('read_helpers', { keepsToHelpers: true })
  @Envelope('Helper retrieved')
  @Api({ summary: 'Read a helper', answer: HelperView, errors: ['helpers.not_found'] })
  async read(
    @Ctx() ctx: RequestContext,
    @Param('helper_id', { schema: HelperId }) helperId: string,
  ): Promise<HelperView> {
    return helperView(await this.helpers.get(ctx.scope, helperId, { status: 'active', ...withinLimits(ctx, '_id') }));
  }

  @Put(':helper_id')
  @RequiresPermission('can_manage_helpers')
  @Envelope('Helper updated')
  @Api({
    summary: 'Change, enable or disable a helper',
    answer: HelperView,
    errors: ['helpers.not_found', 'connections.not_found'],
  })
  async update(
    @Ctx() ctx: RequestContext,
    @Param('helper_id', { schema: HelperId }) helperId: string,
    @Body({ schema: UpdateHelperBody }) body: UpdateHelperBody,
    @Headers('if-match') ifMatch?: string,
  ): Promise<HelperView> {
    const command = new UpdateHelper(ctx.scope, helperId, body, versionFromIfMatch(ifMatch));
    return helperView(await this.commands.execute(command));
  }

  @Delete(':helper_id')
  @RequiresPermission('can_manage_helpers')
  @Envelope('Helper deleted')
  @Api({ summary: 'Delete a helper', answer: z.object({ helper_id: z.string() }), errors: ['helpers.not_found'] })
  async delete(@Ctx() ctx: RequestContext, @Param('helper_id', { schema: HelperId }) helperId: string) {
    return { helper_id: await this.commands.execute(new DeleteHelper(ctx.scope, helperId)) };
  }
}
