import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, events } from '#contracts';
import { BatchConsumer, JETSTREAM, NATS_CONNECTION } from '#messaging';
import type { JetStreamClient, JsMsg, NatsConnection } from '#messaging';
import type { StopsWork } from '#service-defaults';
import { logger } from '#telemetry';
import { RestWithAccount } from './rest-with-account.js';

/** Hears that an account is being deleted, or was restored. */
@Injectable()
export class AccountClosingsConsumer implements OnApplicationBootstrap, StopsWork {
  readonly #consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    resting: RestWithAccount,
  ) {
    this.#consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'billing-account-closings',
      filters: [events.accountClosed.subject(), events.accountRestored.subject()],
      handle: async (messages) => {
        for (const said of messages.flatMap(wordOf)) await resting.follow(said.accountId, said.word);
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.#consumer.start();
  }

  stopWork(): Promise<void> {
    return this.#consumer.stop();
  }
}

/** An event that cannot be read would come back for ever, so it is reported and left out. */
function wordOf(message: JsMsg): { accountId: string; word: { closed: boolean; revision: number } }[] {
  try {
    const { type, data } = CloudEvent.parse(message.json());
    const closed = type === events.accountClosed.type;
    const fact = closed ? events.accountClosed.data.parse(data) : events.accountRestored.data.parse(data);
    return [{ accountId: fact.account_id, word: { closed, revision: fact.revision } }];
  } catch (error) {
    logger.error({ err: error, subject: message.subject, sequence: message.seq }, 'an event cannot be read');
    return [];
  }
}
