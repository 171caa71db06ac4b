import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, type RequestContext, Requires } from '#auth';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
import { answerWith, Api, Envelope } from '#service-defaults';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { ConnectionView, connectionView } from '../views/connection-view.js';

/** A bare list: the web client looks for an array. */
const ConnectionList = z.array(ConnectionView);

/** Oldest first. */
const CONNECTIONS = defineList<Connection>({
  name: 'connections',
  orders: {
    created_at: ['created_at'],
    updated_at: ['updated_at'],
    name: ['name'],
    status: ['status'],
    last_connected: ['last_connected'],
  },
  optional: ['last_connected'],
  defaultOrder: 'created_at',
  size: 'all',
  oversize: 'cut',
});
const ConnectionListQuery = listQuery(CONNECTIONS);
type ConnectionListQuery = z.infer<typeof ConnectionListQuery>;

/** Reading needs membership only: a viewer's dashboard shows connections, too. */
@Controller()
export class ListConnectionsController {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
    private readonly lists: Lists,
  ) {}

  @Get('platform-connections')
  @Requires('connections', 'view')
  @Envelope('Connections retrieved')
  @Api({ summary: 'List all connections of the account', answer: ConnectionList, pageInfoBeside: true })
  all(@Ctx() ctx: RequestContext, @Query({ schema: ConnectionListQuery }) query: ConnectionListQuery) {
    return this.#page(ctx, query, {});
  }

  @Get('platforms/:platform_id/connections')
  @Requires('connections', 'view')
  @Envelope('Connections retrieved')
  @Api({
    summary: 'List the connections to one platform',
    answer: ConnectionList,
    pageInfoBeside: true,
    errors: ['platforms.not_found'],
  })
  toPlatform(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
    @Query({ schema: ConnectionListQuery }) query: ConnectionListQuery,
  ) {
    return this.#page(ctx, query, { platform_id: platformIdOf(this.registry.get(platform)) });
  }

  async #page({ scope }: RequestContext, query: ConnectionListQuery, where: { platform_id?: string }) {
    const { request } = splitListQuery(query);
    const { items, page_info } = await this.lists.page(CONNECTIONS, { scope, where, request, from: this.connections });
    return answerWith(items.map(connectionView), { pageInfo: page_info });
  }
}
