import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, inboundReceived } from '#contracts';
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
import { EmailLogs } from '../persistence/email-logs.repository.js';
import { Suppressions } from '../persistence/suppressions.repository.js';
import { resendReturn, sesReturn, type ReturnedMail } from './returned-mail.js';

/** Hears from mail systems which mails came back, and sends nothing more to those addresses. Repeating it changes nothing. */
@Injectable()
export class ReturnedMailConsumer implements OnApplicationBootstrap, StopsWork {
  readonly #consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly emails: EmailLogs,
    private readonly suppressions: Suppressions,
    private readonly clock: Clock,
  ) {
    this.#consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'notifications-returned-mail',
      filters: [inboundReceived.ses.subject(), inboundReceived.resend.subject()],
      handle: async (messages) => {
        for (const message of messages) await this.#hear(message);
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.#consumer.start();
  }

  stopWork(): Promise<void> {
    return this.#consumer.stop();
  }

  async #hear(message: JsMsg): Promise<void> {
    const event = inboundReceived.ses.data.safeParse(CloudEvent.safeParse(message.json()).data?.data);
    if (!event.success) {
      logger.error({ err: event.error, sequence: message.seq }, 'a report of a mail system cannot be read');
      return;
    }
    const { vendor, payload } = event.data;
    const returned = vendor === 'ses' ? sesReturn(payload) : resendReturn(payload);
    if (returned !== undefined) await this.#apply(returned);
  }

  async #apply({ status, messageId, addresses }: ReturnedMail): Promise<void> {
    // Other senders may share the mail account; what came back of theirs is no business of ours.
    if (!(await this.emails.returned(messageId, status, this.clock.now()))) return;
    for (const address of addresses) {
      await this.suppressions.add(address, status === 'bounced' ? 'bounce' : 'complaint');
    }
  }
}
