import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, events, type EventData } from '#contracts';
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
import { Clock } from '../clock.js';
import { Users } from '../persistence/users.repository.js';
import { VoidedTokens } from './voided-tokens.js';

const FOLLOWED = [events.memberRoleChanged, events.memberRemoved, events.memberJoined, events.accountClosed] as const;

/**
 * Hears that somebody lost a place or a part of their rights: tokens that were issued before are void. And that
 * somebody joined: the invitation was in a mail and nowhere else, so the address is theirs.
 */
@Injectable()
export class MembershipsConsumer implements OnApplicationBootstrap, StopsWork {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    voided: VoidedTokens,
    users: Users,
    clock: Clock,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'identity-memberships',
      filters: FOLLOWED.map((event) => event.subject()),
      handle: async (messages) => {
        const facts = messages.flatMap(factOf);
        await voided.of(facts.flatMap(usersWithLess));
        for (const { user_id, email } of facts.flatMap(joined)) await users.verify(user_id, email, clock.now());
      },
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
function factOf(message: JsMsg): CloudEvent[] {
  try {
    const fact = CloudEvent.parse(message.json());
    const data: unknown = FOLLOWED.find(({ type }) => type === fact.type)?.data.parse(fact.data);
    return [{ ...fact, data }];
  } catch (error) {
    logger.error({ err: error, subject: message.subject, sequence: message.seq }, 'an event cannot be read');
    return [];
  }
}

function usersWithLess({ type, data }: CloudEvent): string[] {
  if (type === events.memberRemoved.type) return [(data as EventData<typeof events.memberRemoved>).user_id];
  if (type === events.accountClosed.type) return (data as EventData<typeof events.accountClosed>).member_ids;
  if (type !== events.memberRoleChanged.type) return [];
  const { user_id, lowered } = data as EventData<typeof events.memberRoleChanged>;
  return lowered ? [user_id] : [];
}

const joined = ({ type, data }: CloudEvent): EventData<typeof events.memberJoined>[] =>
  type === events.memberJoined.type ? [data as EventData<typeof events.memberJoined>] : [];
