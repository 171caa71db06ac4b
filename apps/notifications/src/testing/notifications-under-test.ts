import { environment } from './environment.js';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { jetstreamManager } from '@nats-io/jetstream';
import { DeadLetter, subjects, type MailTemplateId } from '#contracts';
import { Mailer, MailerModule, type MailToSend } from '#mailer';
import { MessagingModule, NATS_CONNECTION, type NatsConnection } from '#messaging';
import { PersistenceModule, UnitOfWork } from '#persistence';
import { startService, type RunningService } from '#service-defaults';
import { waitFor } from '#testing';
import type { EmailLog, EmailStatus } from '../persistence/email-log.collection.js';
import { EmailLogs } from '../persistence/email-logs.repository.js';
import { service } from '../service.js';

/** Any service that asks for mails. */
@Module({
  imports: [MessagingModule.forService('producer'), PersistenceModule.forService('producer'), MailerModule],
})
class ProducerModule {}

export interface NotificationsUnderTest {
  running: RunningService;
  unitOfWork: UnitOfWork;
  mailer: Mailer;
  /** Requests a mail in a transaction of its own. */
  request<Id extends MailTemplateId>(mail: MailToSend<Id>): Promise<string>;
  /** Waits until the mail is in this state. */
  becomes(mailId: string, status: EmailStatus): Promise<EmailLog>;
  log(mailId: string): Promise<EmailLog | null>;
  deadLetters(): Promise<DeadLetter[]>;
  stop(): Promise<void>;
}

/** Starts notifications with these settings, and a service beside it that asks for mails. */
export async function startNotifications(variables: Record<string, string> = {}): Promise<NotificationsUnderTest> {
  Object.assign(process.env, { MFH_MAIL_RETRY_MS: '1', ...variables });
  const running = await startService(service, { port: 0, host: '127.0.0.1' });
  const producer: INestApplicationContext = await NestFactory.createApplicationContext(ProducerModule, {
    logger: false,
  });
  const emails = running.app.get(EmailLogs);
  const unitOfWork = producer.get(UnitOfWork);
  const mailer = producer.get(Mailer);
  return {
    running,
    unitOfWork,
    mailer,
    request: (mail) => unitOfWork.run((session) => mailer.request(session, mail)),
    becomes: (mailId, status) =>
      waitFor(
        async () => {
          const found = await emails.find(mailId);
          return found?.status === status && found;
        },
        { what: `mail ${mailId} ${status}` },
      ),
    log: (mailId) => emails.find(mailId),
    deadLetters: () => readDeadLetters(producer.get<NatsConnection>(NATS_CONNECTION)),
    stop: async () => {
      await producer.close();
      await running.stop();
      for (const name of Object.keys(variables)) delete process.env[name];
    },
  };
}

async function readDeadLetters(nats: NatsConnection): Promise<DeadLetter[]> {
  const manager = await jetstreamManager(nats);
  const stream = subjects.stream('DEAD_LETTERS');
  const { state } = await manager.streams.info(stream);
  const found: DeadLetter[] = [];
  for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq += 1) {
    const message = await manager.streams.getMessage(stream, { seq });
    if (message) found.push(DeadLetter.parse(message.json()));
  }
  return found;
}

export { environment };
