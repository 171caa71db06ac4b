import { Inject, Injectable } from '@nestjs/common';
import { newId, subjects, type DeadLetter, type MailRequest } from '#contracts';
import { JETSTREAM, orUnavailable, publishJson, type JetStreamClient } from '#messaging';
import { logger } from '#telemetry';
import { Clock } from '../clock.js';
import type { EmailLog } from '../persistence/email-log.collection.js';

const RAW_CHARACTERS = 2_000;

/** Keeps mails that could not be sent where the operator finds everything that failed. Their secrets stay sealed. */
@Injectable()
export class MailDeadLetters {
  constructor(
    @Inject(JETSTREAM) private readonly jetstream: JetStreamClient,
    private readonly clock: Clock,
  ) {}

  async failed(email: EmailLog, reason: { code: string; message: string }): Promise<void> {
    await this.#publish(email._id, {
      dead_letter_id: newId('dlq'),
      kind: 'notification',
      mail: requestOf(email),
      reason: { ...reason, class: 'give_up' },
      attempts: [],
      dead_at: this.clock.now().toISOString(),
    });
  }

  /** What lies in the queue is no mail request: a defect, which must neither be lost nor block the others. */
  async unreadable(raw: string, sequence: number): Promise<void> {
    logger.error({ sequence }, 'a mail request cannot be read and becomes a dead letter');
    await this.#publish(`mail-request-${sequence}`, {
      dead_letter_id: newId('dlq'),
      kind: 'notification',
      raw: raw.slice(0, RAW_CHARACTERS),
      reason: { code: 'emails.unreadable_request', class: 'give_up', message: 'The mail request cannot be read.' },
      attempts: [],
      dead_at: this.clock.now().toISOString(),
    });
  }

  async #publish(id: string, letter: DeadLetter): Promise<void> {
    const options = { msgID: `dead ${id}` };
    await orUnavailable(publishJson(this.jetstream, subjects.deadLetter('notification'), letter, options));
  }
}

const requestOf = (email: EmailLog): MailRequest => ({
  mail_id: email._id,
  template: email.template_id,
  to: {
    address: email.recipient_email,
    ...(email.recipient_name !== undefined && { name: email.recipient_name }),
  },
  ...(email.account_id !== undefined && { account_id: email.account_id }),
  ...(email.user_id !== undefined && { user_id: email.user_id }),
  variables: email.variables ?? {},
  sealed: email.sealed ?? {},
  ...(email.useful_until !== undefined && { useful_until: email.useful_until.toISOString() }),
});
