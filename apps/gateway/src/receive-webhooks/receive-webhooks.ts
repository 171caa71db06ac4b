import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isProblem, unavailable } from '#contracts';
import { refuseLargeBody, wholeBody } from '../limit-bodies/body-limit.js';
import { ApiLimits } from '../limit-requests/api-limits.js';
import type { Delivery, WebhookReceiver } from './delivery.js';
import { Receivers } from './receivers.js';
import { StoreInbound } from './store-inbound.js';
import { addressOf, WEBHOOK_ADDRESSES } from './webhook-addresses.js';

/** Vendors wait for seconds only, and some never ask again: after this long they are told to. */
const ANSWER_WITHIN_MS = 1_800;

/** What is answered to those who guess. */
const UNPROVEN: ReadonlySet<string> = new Set([
  'webhooks.invalid_signature',
  'webhooks.stale_timestamp',
  'webhooks.not_found',
]);

/**
 * Receives webhooks: proven on the body as it came, stored once together with the event of it, then answered. What an
 * event means is its owner's business, later.
 */
@Injectable()
export class ReceiveWebhooks implements OnApplicationBootstrap {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly receivers: Receivers,
    private readonly inbound: StoreInbound,
    private readonly limits: ApiLimits,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    await server.register(async (scope) => {
      // A signature is over the bytes that came: nothing may parse and write them again.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', wholeBody);
      scope.addHook('onRequest', async (request) => refuseLargeBody(request));
      for (const receiver of this.receivers.all) {
        scope.route({
          method: [...WEBHOOK_ADDRESSES[receiver.vendor].methods],
          url: addressOf(receiver.vendor),
          handler: (request, reply) => this.answer(receiver, request, reply),
        });
      }
    });
  }

  private async answer(receiver: WebhookReceiver, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { reply: wanted } = await inTime(this.receive(receiver, deliveryOf(request))).catch((error: unknown) =>
      this.refuse(error, request, reply),
    );
    if (wanted?.headers !== undefined) void reply.headers(wanted.headers);
    if (wanted?.type !== undefined) void reply.type(wanted.type);
    return reply.code(200).send(wanted?.body ?? { success: true, message: 'Received' });
  }

  /** Verified webhooks are outside the limits of the API; who guesses secrets or signatures is not. */
  private async refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<never> {
    if (isProblem(error) && UNPROVEN.has(error.code)) await this.limits.take(request, reply, undefined);
    throw error;
  }

  private async receive(receiver: WebhookReceiver, delivery: Delivery) {
    const received = await receiver.receive(delivery);
    if (received.events.length > 0) {
      await this.inbound.store(receiver.vendor, received.events, delivery.receivedAt);
    }
    return received;
  }
}

function deliveryOf({ method, raw, headers, body, params, query }: FastifyRequest): Delivery {
  return {
    method,
    url: raw.url ?? '/',
    headers,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    secret: (params as { secret?: string }).secret,
    query: query as Delivery['query'],
    receivedAt: new Date(),
  };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable('The store of webhooks')), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
