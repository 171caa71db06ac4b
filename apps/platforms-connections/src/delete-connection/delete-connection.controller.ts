import { Controller, Delete, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { DeleteConnection } from './delete-connection.command.js';

const DeletedConnection = z.object({ connection_id: z.string(), deleted_at: z.string() });

@Controller('platforms/:platform_id/connections')
export class DeleteConnectionController {
  constructor(private readonly commands: CommandBus) {}

  @Delete(':connection_id')
  @RequiresPermission('can_manage_connections')
  @Envelope('Connection deleted')
  @Api({
    summary: 'Delete a connection and revoke its credentials',
    answer: DeletedConnection,
    errors: ['platforms.not_found', 'connections.not_found'],
  })
  async delete(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
    @Param('connection_id', { schema: z.string() }) connectionId: string,
  ): Promise<z.input<typeof DeletedConnection>> {
    const { deletedAt } = await this.commands.execute(new DeleteConnection(ctx.scope, platform, connectionId));
    return { connection_id: connectionId, deleted_at: deletedAt.toISOString() };
  }
}
