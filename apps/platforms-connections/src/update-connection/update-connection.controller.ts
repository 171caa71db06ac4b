import { Body, Controller, Headers, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { versionFromIfMatch } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { ConnectionView, versionedConnection } from '../views/connection-view.js';
import { UpdateConnection, UpdateConnectionBody } from './update-connection.command.js';

@Controller('platforms/:platform_id/connections')
export class UpdateConnectionController {
  constructor(private readonly commands: CommandBus) {}

  @Put(':connection_id')
  @RequiresPermission('can_manage_connections')
  @Envelope('Connection updated')
  @Api({
    summary: 'Rename a connection or give it other credentials',
    answer: ConnectionView,
    versioned: true,
    errors: ['platforms.not_found', 'connections.not_found', 'connections.oauth_required'],
  })
  async update(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
    @Param('connection_id', { schema: z.string() }) connectionId: string,
    @Body({ schema: UpdateConnectionBody }) body: UpdateConnectionBody,
    @Headers('if-match') ifMatch?: string,
  ) {
    const version = versionFromIfMatch(ifMatch);
    const command = new UpdateConnection(ctx.scope, platform, connectionId, body, version);
    return versionedConnection(await this.commands.execute(command));
  }
}
