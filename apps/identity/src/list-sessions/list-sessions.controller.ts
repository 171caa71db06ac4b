import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { PageInfo } from '#contracts';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { Clock } from '../clock.js';
import type { Session } from '../persistence/session.collection.js';
import { Sessions } from '../persistence/sessions.repository.js';
import { sessionActor } from '../session-actor.js';

const SessionView = z
  .object({
    session_id: z.string(),
    device_label: z.string(),
    ip: z.string(),
    user_agent: z.string(),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime(),
    /** Whether it is the one that asks. */
    current: z.boolean(),
  })
  .meta({ id: 'Session' });

const SESSIONS = defineList<z.infer<typeof SessionView>>({
  name: 'sessions',
  key: 'session_id',
  orders: { last_used_at: ['last_used_at'], created_at: ['created_at'] },
  defaultOrder: '-last_used_at',
  size: 'all',
  total: 'always',
});
const SessionListQuery = listQuery(SESSIONS);
type SessionListQuery = z.infer<typeof SessionListQuery>;

const sessionView = (session: Session, currentId: string): z.infer<typeof SessionView> => ({
  session_id: session._id,
  device_label: session.device_label,
  ip: session.rotated_ip ?? session.ip,
  user_agent: session.rotated_agent ?? session.user_agent,
  created_at: session.created_at.toISOString(),
  last_used_at: session.last_used_at.toISOString(),
  current: session._id === currentId,
});

@Controller('auth')
export class ListSessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    private readonly lists: Lists,
  ) {}

  @Get('sessions')
  @Authenticated()
  @Envelope('Sessions retrieved')
  @Api({
    summary: 'Where the user is signed in',
    answer: z.object({ sessions: z.array(SessionView), total_count: z.number().int(), page_info: PageInfo }),
    invalidStatus: 422,
  })
  async list(@Ctx() ctx: RequestContext, @Query({ schema: SessionListQuery }) query: SessionListQuery) {
    const { userId, sessionId } = sessionActor(ctx);
    const living = await this.sessions.living(userId, this.clock.now());
    const { items, page_info } = this.lists.pageOf(SESSIONS, {
      scope: ctx.scope,
      filter: userId,
      request: splitListQuery(query).request,
      items: living.map((session) => sessionView(session, sessionId)),
    });
    return { sessions: items, total_count: living.length, page_info };
  }
}
