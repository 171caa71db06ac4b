import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, type RequestContext, Requires } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { ConnectionView, versionedConnection } from '../views/connection-view.js';

@Controller()
export class ReadConnectionController {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
  ) {}

  @Get('platforms/:platform_id/connections/:connection_id')
  @Requires('connections', 'view')
  @Envelope('Connection retrieved')
  @Api({
    summary: 'Read one connection',
    answer: ConnectionView,
    versioned: true,
    errors: ['platforms.not_found', 'connections.not_found'],
  })
  async read(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
    @Param('connection_id', { schema: z.string() }) connectionId: string,
  ) {
    const platformId = platformIdOf(this.registry.get(platform));
    return versionedConnection(await this.connections.atPlatform(ctx.scope, connectionId, platformId));
  }
}
