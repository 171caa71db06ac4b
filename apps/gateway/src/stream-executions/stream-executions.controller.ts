import { Controller, Get, Headers, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Ctx, KeyScope, type RequestContext, Requires, tokenOf, VerifiedTokens } from '#auth';
import { Problem } from '#contracts';
import { Api, Envelope, NoData, Raw } from '#service-defaults';
import { ExecutionStreams } from './execution-streams.js';
import { STREAM_TYPES } from './stream-events.js';
import { StreamTickets, TICKET_LIFETIME_S } from './stream-ticket.repository.js';

const StreamQuery = z.object({
  helper_id: z.string().optional(),
  execution_id: z.string().optional(),
  types: z
    .string()
    .transform((text) => text.split(',').map((type) => type.trim()))
    .pipe(z.array(z.enum(STREAM_TYPES)))
    .optional(),
  ticket: z.string().optional(),
});
type StreamQuery = z.infer<typeof StreamQuery>;

/** The live stream of an account's executions. */
@Controller('executions/stream')
export class StreamExecutionsController {
  constructor(
    private readonly streams: ExecutionStreams,
    private readonly tickets: StreamTickets,
    private readonly tokens: VerifiedTokens,
  ) {}

  @Get()
  @Requires('executions', 'view')
  @KeyScope('read_executions')
  @Raw()
  @Api({
    summary: 'Follow executions live',
    description: 'Server-sent events. Resume with the header Last-Event-ID within five minutes.',
    answer: NoData,
    contentType: 'text/event-stream',
    invalidStatus: 400,
  })
  async stream(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: StreamQuery }) query: StreamQuery,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<void> {
    const token = this.tokens.find(tokenOf(request) ?? '');
    if (token === undefined) throw new Problem(401, 'auth.invalid_token', 'Authentication required');
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    request.raw.socket.setTimeout(0);
    request.raw.socket.setNoDelay(true);
    const filter = {
      helperId: query.helper_id,
      executionId: query.execution_id,
      types: query.types && new Set(query.types),
    };
    await this.streams.stream(reply.raw, token, filter, lastEventId);
  }

  @Post('ticket')
  @Requires('executions', 'view')
  @Envelope('Ticket issued')
  @Api({
    summary: 'Get a ticket for the live stream',
    answer: z.object({ ticket: z.string(), expires_in: z.number().int() }),
    status: 200,
  })
  async ticket(@Req() request: FastifyRequest, @Ctx() ctx: RequestContext) {
    const ticket = await this.tickets.issue(ctx.scope, tokenOf(request) ?? '');
    return { ticket, expires_in: TICKET_LIFETIME_S };
  }
}
