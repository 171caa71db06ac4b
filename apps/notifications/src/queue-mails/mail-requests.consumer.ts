import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, MailRequest, subjects } from '#contracts';
import {
  BatchConsumer,
  JETSTREAM,
  NATS_CONNECTION,
  type JetStreamClient,
  type JsMsg,
  type NatsConnection,
} from '#messaging';
import type { StopsWork } from '#service-defaults';
import { Clock } from '../clock.js';
import { EmailLogs } from '../persistence/email-logs.repository.js';
import { MailDeadLetters } from '../send-mails/mail-dead-letters.js';
import { SendMails } from '../send-mails/send-mails.js';

/**
 * Takes requested mails over from the queue: stored first, acknowledged then, sent last. A request that is delivered
 * twice is one mail, since its id is that of the stored one.
 */
@Injectable()
export class MailRequestsConsumer implements OnApplicationBootstrap, StopsWork {
  readonly #consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly emails: EmailLogs,
    private readonly sender: SendMails,
    private readonly deadLetters: MailDeadLetters,
    private readonly clock: Clock,
  ) {
    this.#consumer = new BatchConsumer(connection, jetstream, {
      stream: 'NOTIFY',
      durable: 'notifications-emails',
      filters: [subjects.notifyEmail],
      handle: async (messages) => {
        for (const message of messages) await this.#take(message);
        this.sender.wake();
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.#consumer.start();
  }

  stopWork(): Promise<void> {
    return this.#consumer.stop();
  }

  async #take(message: JsMsg): Promise<void> {
    const request = readRequest(message);
    if (request === undefined) await this.deadLetters.unreadable(message.string(), message.seq);
    else await this.emails.add(request, this.clock.now());
  }
}

function readRequest(message: JsMsg): MailRequest | undefined {
  let body: unknown;
  try {
    body = message.json();
  } catch {
    return undefined;
  }
  return MailRequest.safeParse(CloudEvent.safeParse(body).data?.data).data;
}
