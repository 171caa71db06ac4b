import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, events, scopeOf, type EventData } from '#contracts';
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
import { AccountClosings, type AccountWord } from './account-closings.repository.js';
import { RestWithAccount } from './rest-with-account.js';

/** Hears that an account is being deleted, or was restored. */
@Injectable()
export class AccountClosingsConsumer implements OnApplicationBootstrap, StopsWork {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly closings: AccountClosings,
    private readonly resting: RestWithAccount,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'helpers-account-closings',
      filters: [events.accountClosed.subject(), events.accountRestored.subject()],
      handle: async (messages) => {
        for (const message of messages) await this.follow(message);
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.consumer.start();
  }

  stopWork(): Promise<void> {
    return this.consumer.stop();
  }

  private async follow(message: JsMsg): Promise<void> {
    const said = wordOf(message);
    if (said === undefined) return;
    const scope = scopeOf(said.accountId);
    await this.closings.follow(scope, said.word);
    await this.resting.apply(await this.closings.get(scope, scope.accountId));
  }
}

/** An event that cannot be read would come back for ever, so it is reported and left out. */
function wordOf(message: JsMsg): { accountId: string; word: AccountWord } | undefined {
  try {
    const { type, data } = CloudEvent.parse(message.json());
    if (type === events.accountRestored.type) {
      const { account_id, revision } = events.accountRestored.data.parse(data);
      return { accountId: account_id, word: { closed: false, revision } };
    }
    const fact: EventData<typeof events.accountClosed> = events.accountClosed.data.parse(data);
    const word = { closed: true, revision: fact.revision, erase_at: new Date(fact.erase_at) };
    return { accountId: fact.account_id, word };
  } catch (error) {
    logger.error({ err: error, subject: message.subject, sequence: message.seq }, 'an event cannot be read');
    return undefined;
  }
}
