import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { ConnectionView, connectionView } from '../views/connection-view.js';
import { CreateConnection, CreateConnectionBody } from './create-connection.command.js';

@Controller('platforms/:platform_id/connections')
export class CreateConnectionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @RequiresPermission('can_manage_connections')
  @Envelope('Connection created')
  @Api({
    summary: 'Connect a platform by its API key',
    answer: ConnectionView,
    status: 201,
    errors: ['platforms.not_found', 'connections.oauth_required', 'billing.limit_reached'],
  })
  async create(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
    @Body({ schema: CreateConnectionBody }) body: CreateConnectionBody,
  ): Promise<z.input<typeof ConnectionView>> {
    const command = new CreateConnection(ctx.scope, ctx.actor.userId, platform, body);
    return connectionView(await this.commands.execute(command));
  }
}
