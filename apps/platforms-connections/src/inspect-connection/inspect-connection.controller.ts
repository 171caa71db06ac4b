import { Controller, Get, Logger, Param } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, Requires, type RequestContext } from '#auth';
import type { AccountScope } from '#contracts';
import { tightest, type WindowLeft } from '#connectors';
import { etagOf } from '#persistence';
import { answerWith, Api, Envelope } from '#service-defaults';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { ConnectionBudget } from '../vendor/connection-budget.js';
import { ConnectionView, connectionView } from '../views/connection-view.js';

const Left = z.object({ limit: z.number().int(), remaining: z.number().int(), resets_at: z.string() });
/** The window with the fewest calls left, and all windows that a call must fit into. */
const Budget = Left.extend({ windows: z.array(Left.extend({ name: z.string(), seconds: z.number() })) });
/** The connection, and how much of the vendor's request budget is left. */
const InspectedConnection = ConnectionView.extend({ budget: Budget.optional() }).meta({ id: 'InspectedConnection' });
type Budget = z.infer<typeof Budget>;

@Controller('platform-connections')
export class InspectConnectionController {
  readonly #logger = new Logger(InspectConnectionController.name);

  constructor(
    private readonly connections: Connections,
    private readonly budgets: ConnectionBudget,
  ) {}

  @Get(':connection_id')
  @Requires('connections', 'view')
  @Envelope('Connection retrieved')
  @Api({
    summary: 'Read one connection without naming its platform, with what is left of its request budget',
    answer: InspectedConnection,
    versioned: true,
    errors: ['connections.not_found'],
  })
  async inspect(@Ctx() ctx: RequestContext, @Param('connection_id', { schema: z.string() }) connectionId: string) {
    const connection = await this.connections.get(ctx.scope, connectionId);
    const view = { ...connectionView(connection), budget: await this.#budgetOf(ctx.scope, connection) };
    return answerWith(view, { headers: { etag: etagOf(connection.version) } });
  }

  /** A figure beside the point: the connection is shown without it when the shared state cannot be read. */
  async #budgetOf(scope: AccountScope, connection: Connection): Promise<Budget | undefined> {
    try {
      const windows = await this.budgets.left(scope, connection);
      const least = tightest(windows);
      if (least === undefined) return undefined;
      const all = windows.map((window) => ({ name: window.scope, seconds: window.ms / 1000, ...leftOf(window) }));
      return { ...leftOf(least), windows: all };
    } catch (error) {
      this.#logger.warn({ err: error, connection_id: connection._id }, 'the rate budget cannot be read');
      return undefined;
    }
  }
}

const leftOf = ({ limit, remaining, resetsAt }: WindowLeft): z.input<typeof Left> => ({
  limit,
  remaining,
  resets_at: resetsAt.toISOString(),
});
