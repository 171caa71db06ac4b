import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, type RequestContext, Requires } from '#auth';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
import { answerWith, Api, Envelope } from '#service-defaults';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { VendorDirectory } from '../vendor/vendor-directory.js';

const Tag = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  category: z.string().optional(),
});
/** A bare list: the web client looks for an array. */
const Tags = z.array(Tag);

const TAGS = defineList<z.infer<typeof Tag>>({
  name: 'tags',
  key: 'id',
  orders: { name: ['name'], id: [] },
  defaultOrder: 'name',
  size: 'all',
  oversize: 'cut',
});
const TagListQuery = listQuery(TAGS);

@Controller('platforms/:platform_id/connections/:connection_id')
export class ReadTagsController {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
    private readonly directory: VendorDirectory,
    private readonly lists: Lists,
  ) {}

  @Get('tags')
  @Requires('connections', 'view')
  @Envelope('Tags retrieved')
  @Api({
    summary: 'List the tags at the vendor',
    answer: Tags,
    pageInfoBeside: true,
    errors: ['connections.not_found', 'connections.credentials_rejected', 'connections.vendor_unavailable'],
  })
  async read(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
    @Param('connection_id', { schema: z.string() }) connectionId: string,
    @Query({ schema: TagListQuery }) query: z.infer<typeof TagListQuery>,
  ) {
    const platformId = platformIdOf(this.registry.get(platform));
    const connection = await this.connections.atPlatform(ctx.scope, connectionId, platformId);
    const { items, page_info } = this.lists.pageOf(TAGS, {
      scope: ctx.scope,
      filter: connection._id,
      request: splitListQuery(query).request,
      items: await this.directory.tags(ctx.scope, connection),
    });
    return answerWith(items, { pageInfo: page_info });
  }
}
