import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, type RequestContext, Requires } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { VendorDirectory } from '../vendor/vendor-directory.js';

/** A bare list: the web client looks for an array. */
const Tags = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.string().optional(),
    category: z.string().optional(),
  }),
);

@Controller('platforms/:platform_id/connections/:connection_id')
export class ReadTagsController {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
    private readonly directory: VendorDirectory,
  ) {}

  @Get('tags')
  @Requires('connections', 'view')
  @Envelope('Tags retrieved')
  @Api({
    summary: 'List the tags at the vendor',
    answer: Tags,
    errors: ['connections.not_found', 'connections.credentials_rejected', 'connections.vendor_unavailable'],
  })
  async read(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
    @Param('connection_id', { schema: z.string() }) connectionId: string,
  ): Promise<z.input<typeof Tags>> {
    const platformId = platformIdOf(this.registry.get(platform));
    const connection = await this.connections.atPlatform(ctx.scope, connectionId, platformId);
    return this.directory.tags(ctx.scope, connection);
  }
}
