import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, type RequestContext, Requires } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { ConnectionView, connectionView } from '../views/connection-view.js';

/** A bare list: the web client looks for an array. */
const ConnectionList = z.array(ConnectionView);

/** Reading needs membership only: a viewer's dashboard shows connections, too. */
@Controller()
export class ListConnectionsController {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
  ) {}

  @Get('platform-connections')
  @Requires('connections', 'view')
  @Envelope('Connections retrieved')
  @Api({ summary: 'List all connections of the account', answer: ConnectionList })
  async all(@Ctx() ctx: RequestContext): Promise<z.input<typeof ConnectionList>> {
    return (await this.connections.ofAccount(ctx.scope)).map(connectionView);
  }

  @Get('platforms/:platform_id/connections')
  @Requires('connections', 'view')
  @Envelope('Connections retrieved')
  @Api({ summary: 'List the connections to one platform', answer: ConnectionList, errors: ['platforms.not_found'] })
  async toPlatform(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
  ): Promise<z.input<typeof ConnectionList>> {
    const platformId = platformIdOf(this.registry.get(platform));
    return (await this.connections.ofAccount(ctx.scope, platformId)).map(connectionView);
  }
}
