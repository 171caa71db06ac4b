import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { inboundReceived, type InboundReceived } from '#contracts';
import {
  BatchConsumer,
  JETSTREAM,
  NATS_CONNECTION,
  readableEvents,
  type JetStreamClient,
  type NatsConnection,
} from '#messaging';
import type { StopsWork } from '#service-defaults';
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
        // Both mail systems' events have one form.
        for (const received of readableEvents(inboundReceived.ses, messages)) await this.#hear(received);
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.#consumer.start();
  }

  stopWork(): Promise<void> {
    return this.#consumer.stop();
  }

  async #hear({ vendor, payload }: InboundReceived): Promise<void> {
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
