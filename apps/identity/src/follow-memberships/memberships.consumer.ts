import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, events } from '#contracts';
import {
  BatchConsumer,
  JETSTREAM,
  NATS_CONNECTION,
  type JetStreamClient,
  type JsMsg,
  type NatsConnection,
} from '#messaging';
import type { StopsWork } from '#service-defaults';
import { logger } from '#telemetry';
import { VoidedTokens } from './voided-tokens.js';

/** Hears that somebody lost a place or a part of their rights: tokens that were issued before are void. */
@Injectable()
export class MembershipsConsumer implements OnApplicationBootstrap, StopsWork {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    voided: VoidedTokens,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'identity-memberships',
      filters: [events.memberRoleChanged.subject(), events.memberRemoved.subject(), events.accountClosed.subject()],
      handle: (messages) => voided.of(messages.flatMap(usersWithLess)),
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.consumer.start();
  }

  stopWork(): Promise<void> {
    return this.consumer.stop();
  }
}

/** An event that cannot be read would come back for ever, so it is reported and left out. */
function usersWithLess(message: JsMsg): string[] {
  try {
    const { type, data } = CloudEvent.parse(message.json());
    if (type === events.memberRemoved.type) return [events.memberRemoved.data.parse(data).user_id];
    if (type === events.accountClosed.type) return events.accountClosed.data.parse(data).member_ids;
    const { user_id, lowered } = events.memberRoleChanged.data.parse(data);
    return lowered ? [user_id] : [];
  } catch (error) {
    logger.error({ err: error, subject: message.subject, sequence: message.seq }, 'an event cannot be read');
    return [];
  }
}
