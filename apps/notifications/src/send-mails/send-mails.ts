import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { events, mailTemplates } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { RepeatedWork, type StopsWork } from '#service-defaults';
import { logger } from '#telemetry';
import { Clock } from '../clock.js';
import type { EmailLog } from '../persistence/email-log.collection.js';
import { EmailLogs, type EmailOutcome } from '../persistence/email-logs.repository.js';
import { Suppressions } from '../persistence/suppressions.repository.js';
import { NotificationsSettings } from '../settings.js';
import { MailNotTaken, type MailTransport } from '../transports/mail-transport.js';
import { MAIL_TRANSPORT } from '../transports/open-transport.js';
import { MailDeadLetters } from './mail-dead-letters.js';
import { MOST_ATTEMPTS, retryPause } from './retry-pause.js';
import { WriteMail } from './write-mail.js';

const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 4;

/**
 * Sends what is due. Each mail is claimed by one process; what it leaves behind when it dies is sent again when the
 * claim is over, with the same message id. Every outcome is told as an event in the transaction that stores it.
 */
@Injectable()
export class SendMails implements OnApplicationBootstrap, OnApplicationShutdown, StopsWork {
  /** Each goes on by itself, so one mail that takes long holds back no other. */
  readonly #lanes = Array.from(
    { length: AT_ONCE },
    () => new RepeatedWork('sending mail', LOOK_EVERY_MS, () => this.#sendNext()),
  );

  constructor(
    private readonly emails: EmailLogs,
    private readonly suppressions: Suppressions,
    private readonly writer: WriteMail,
    private readonly deadLetters: MailDeadLetters,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly settings: NotificationsSettings,
    private readonly clock: Clock,
    @Inject(MAIL_TRANSPORT) private readonly transport: MailTransport,
  ) {}

  onApplicationBootstrap(): void {
    for (const lane of this.#lanes) lane.start();
  }

  async stopWork(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.transport.close();
  }

  /** Looks at once instead of with the next round. */
  wake(): void {
    for (const lane of this.#lanes) lane.wake();
  }

  /** @returns whether there was one */
  async #sendNext(): Promise<boolean> {
    const email = await this.emails.claimDue(this.clock.now());
    if (email === null) return false;
    const reason = await this.suppressions.reasonAgainst(
      email.recipient_email,
      mailTemplates[email.template_id].category,
    );
    if (reason !== undefined) await this.#end(email, { status: 'suppressed', error_message: reason });
    else if (email.useful_until !== undefined && email.useful_until <= this.clock.now()) {
      await this.#end(email, { status: 'expired', ...(email.error_message && { error_message: email.error_message }) });
    } else await this.#attempt(email);
    return true;
  }

  async #attempt(email: EmailLog): Promise<void> {
    let messageId: string;
    try {
      if (email.attempts > MOST_ATTEMPTS) throw new MailNotTaken('never', 'The last attempt did not come to its end.');
      messageId = await this.transport.send(await this.writer.write(email));
    } catch (error) {
      await this.#notSent(email, error);
      return;
    }
    await this.#end(email, { status: 'sent', message_id: messageId, sent_at: this.clock.now() });
  }

  async #notSent(email: EmailLog, error: unknown): Promise<void> {
    // Whatever is not the transport's word (a text that cannot be opened, a defect of a template) stays wrong.
    const failure = error instanceof MailNotTaken ? error : new MailNotTaken('never', 'The mail cannot be written.');
    const pause =
      failure.again === 'later' ? retryPause(email.attempts, this.settings.retryMs, Math.random()) : undefined;
    logger.warn({ err: error, email_id: email._id, attempt: email.attempts, pause_ms: pause }, 'a mail was not sent');
    const now = this.clock.now();
    if (pause !== undefined) {
      await this.emails.retryAt(email, new Date(now.getTime() + pause), failure.message, now);
      return;
    }
    if (failure.again === 'bounced') await this.suppressions.add(email.recipient_email, 'bounce');
    await this.deadLetters.failed(email, { code: `emails.${failure.again}`, message: failure.message });
    await this.#end(email, { status: 'failed', error_message: failure.message });
  }

  async #end(email: EmailLog, outcome: EmailOutcome): Promise<void> {
    await this.unitOfWork.run(async (session) => {
      if (!(await this.emails.end(email, outcome, this.clock.now()))) return;
      const { account_id, user_id } = email;
      await this.outbox.add(session, events.emailEnded, {
        subject: email._id,
        ...(account_id !== undefined && { accountId: account_id }),
        data: {
          email_id: email._id,
          template: email.template_id,
          ...(account_id !== undefined && { account_id }),
          ...(user_id !== undefined && { user_id }),
          status: outcome.status,
          attempts: email.attempts,
          ...(outcome.error_message !== undefined && { reason: outcome.error_message }),
        },
      });
    });
  }
}
