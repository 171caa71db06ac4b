import { Controller, Get, Logger, Param } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { KvRateBudget } from '#connectors';
import { Api, Envelope } from '#service-defaults';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';
import { ConnectionView, connectionView } from '../views/connection-view.js';

const Budget = z.object({ limit: z.number().int(), remaining: z.number().int(), resets_at: z.string() });
/** The connection, and how much of the vendor's request budget is left. */
const InspectedConnection = ConnectionView.extend({ budget: Budget.optional() }).meta({ id: 'InspectedConnection' });
type Budget = z.infer<typeof Budget>;

@Controller('platform-connections')
export class InspectConnectionController {
  readonly #logger = new Logger(InspectConnectionController.name);

  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
    private readonly budgets: KvRateBudget,
  ) {}

  @Get(':connection_id')
  @Authenticated()
  @Envelope('Connection retrieved')
  @Api({
    summary: 'Read one connection without naming its platform, with what is left of its request budget',
    answer: InspectedConnection,
    errors: ['connections.not_found'],
  })
  async inspect(
    @Ctx() ctx: RequestContext,
    @Param('connection_id', { schema: z.string() }) connectionId: string,
  ): Promise<z.input<typeof InspectedConnection>> {
    const connection = await this.connections.get(ctx.scope, connectionId);
    return { ...connectionView(connection), budget: await this.#budgetOf(connection) };
  }

  /** A figure beside the point: the connection is shown without it when the shared state cannot be read. */
  async #budgetOf(connection: Connection): Promise<Budget | undefined> {
    const { rate_limits: limits } = this.registry.get(connection.platform_id).record.api_config;
    try {
      const left = await this.budgets.peek({ key: connection._id, limits });
      if (left === undefined) return undefined;
      return { limit: left.limit, remaining: left.remaining, resets_at: left.resetsAt.toISOString() };
    } catch (error) {
      this.#logger.warn({ err: error, connection_id: connection._id }, 'the rate budget cannot be read');
      return undefined;
    }
  }
}
