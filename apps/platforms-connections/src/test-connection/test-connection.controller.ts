import { Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { TestConnection } from './test-connection.command.js';

const Outcome = z.object({ status: z.literal('success'), platform_id: z.string(), tested_at: z.string() });
/** The outcome at the top level for the pages, and under `result` for older clients. */
const TestedConnectionView = Outcome.extend({ connection_id: z.string(), message: z.string(), result: Outcome });

@Controller('platforms/:platform_id/connections/:connection_id')
export class TestConnectionController {
  constructor(private readonly commands: CommandBus) {}

  @Post('test')
  @RequiresPermission('can_manage_connections')
  @Envelope('Connection test succeeded')
  @Api({
    summary: 'Try the credentials of a connection at its vendor',
    answer: TestedConnectionView,
    errors: ['platforms.not_found', 'connections.not_found', 'connections.test_failed', 'connections.unsupported'],
  })
  async test(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
    @Param('connection_id', { schema: z.string() }) connectionId: string,
  ): Promise<z.input<typeof TestedConnectionView>> {
    const tested = await this.commands.execute(new TestConnection(ctx.scope, platform, connectionId));
    const result = {
      status: 'success' as const,
      platform_id: tested.platformId,
      tested_at: tested.testedAt.toISOString(),
    };
    return { ...result, connection_id: tested.connectionId, message: 'The connection works', result };
  }
}
