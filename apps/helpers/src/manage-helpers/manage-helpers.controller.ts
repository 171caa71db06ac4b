import { Body, Controller, Delete, Get, Headers, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Ctx, KeyScope, type RequestContext, Requires, RequiresPermission } from '#auth';
import { PageInfo } from '#contracts';
import { defineList, etagOf, listQuery, Lists, splitListQuery, versionFromIfMatch } from '#persistence';
import { answerWith, Api, Envelope } from '#service-defaults';
import { HelpersRepository, type HelperRecord } from '../persistence/helpers.repository.js';
import { withinLimits } from '../execute-helper/limited-key.js';
import { HelperView, helperView } from '../views/helper-view.js';
import { CreateHelper } from './create-helper.handler.js';
import { DeleteHelper } from './delete-helper.handler.js';
import { CreateHelperBody, UpdateHelperBody } from './helper-bodies.js';
import { UpdateHelper } from './update-helper.handler.js';

const HelperId = z.string();

/** Newest first; ids sort by time. */
const HELPERS = defineList<HelperRecord>({
  name: 'helpers',
  orders: {
    created_at: [],
    updated_at: ['updated_at'],
    name: ['name'],
    helper_type: ['helper_type'],
    execution_count: ['execution_count'],
    last_executed_at: ['last_executed_at'],
  },
  optional: ['last_executed_at'],
  defaultOrder: '-created_at',
  size: 'all',
  total: 'always',
  oversize: 'cut',
});
const HelperListQuery = listQuery(HELPERS);
type HelperListQuery = z.infer<typeof HelperListQuery>;

const versioned = (record: HelperRecord) =>
  answerWith(helperView(record), { headers: { etag: etagOf(record.version) } });

/** The configured helpers of an account. */
@Controller('helpers')
export class ManageHelpersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly helpers: HelpersRepository,
    private readonly lists: Lists,
  ) {}

  @Get()
  @Requires('helpers', 'view')
  @KeyScope('read_helpers', { keepsToHelpers: true })
  @Envelope('Helpers retrieved')
  @Api({
    summary: 'List helpers',
    answer: z.object({ helpers: z.array(HelperView), total_count: z.number().int(), page_info: PageInfo }),
  })
  async list(@Ctx() ctx: RequestContext, @Query({ schema: HelperListQuery }) query: HelperListQuery) {
    const { items, page_info } = await this.lists.page(HELPERS, {
      scope: ctx.scope,
      where: { status: 'active', ...withinLimits(ctx, '_id') },
      request: splitListQuery(query).request,
      from: this.helpers,
    });
    return { helpers: items.map(helperView), total_count: page_info.total ?? items.length, page_info };
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
  @Api({ summary: 'Read a helper', answer: HelperView, errors: ['helpers.not_found'], versioned: true })
  async read(@Ctx() ctx: RequestContext, @Param('helper_id', { schema: HelperId }) helperId: string) {
    return versioned(await this.helpers.get(ctx.scope, helperId, { status: 'active', ...withinLimits(ctx, '_id') }));
  }

  @Put(':helper_id')
  @RequiresPermission('can_manage_helpers')
  @Envelope('Helper updated')
  @Api({
    summary: 'Change, enable or disable a helper',
    answer: HelperView,
    versioned: true,
    errors: ['helpers.not_found', 'connections.not_found'],
  })
  async update(
    @Ctx() ctx: RequestContext,
    @Param('helper_id', { schema: HelperId }) helperId: string,
    @Body({ schema: UpdateHelperBody }) body: UpdateHelperBody,
    @Headers('if-match') ifMatch?: string,
  ) {
    const command = new UpdateHelper(ctx.scope, helperId, body, versionFromIfMatch(ifMatch));
    return versioned(await this.commands.execute(command));
  }

  @Delete(':helper_id')
  @RequiresPermission('can_manage_helpers')
  @Envelope('Helper deleted')
  @Api({ summary: 'Delete a helper', answer: z.object({ helper_id: z.string() }), errors: ['helpers.not_found'] })
  async delete(@Ctx() ctx: RequestContext, @Param('helper_id', { schema: HelperId }) helperId: string) {
    return { helper_id: await this.commands.execute(new DeleteHelper(ctx.scope, helperId)) };
  }
}
