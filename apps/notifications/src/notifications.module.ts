import { Module } from '@nestjs/common';
import { AuthModule } from '#auth';
import { MessagingModule } from '#messaging';
import { PersistenceModule } from '#persistence';
import { SealingModule } from '#sealing';
import { loadConfig } from '#service-defaults';
import { SuppressionsController } from './answer-suppressions/suppressions.controller.js';
import { Clock } from './clock.js';
import { ReturnedMailConsumer } from './hear-returns/returned-mail.consumer.js';
import { InboxController } from './inbox/inbox.controller.js';
import { CapturedMails } from './persistence/captured-mails.repository.js';
import { EmailLogs } from './persistence/email-logs.repository.js';
import { Suppressions } from './persistence/suppressions.repository.js';
import { UnsubscribeLinkStore } from './persistence/unsubscribe-links.repository.js';
import { MailRequestsConsumer } from './queue-mails/mail-requests.consumer.js';
import { MailDeadLetters } from './send-mails/mail-dead-letters.js';
import { SendMails } from './send-mails/send-mails.js';
import { WriteMail } from './send-mails/write-mail.js';
import { NotificationsConfig, NotificationsSettings } from './settings.js';
import { MAIL_TRANSPORT, openTransport } from './transports/open-transport.js';
import { UnsubscribeLinks } from './unsubscribe/unsubscribe-links.js';
import { UnsubscribeController } from './unsubscribe/unsubscribe.controller.js';

const settings = {
  provide: NotificationsSettings,
  useFactory: (): NotificationsSettings => new NotificationsSettings(loadConfig(NotificationsConfig)),
};
const transport = {
  provide: MAIL_TRANSPORT,
  useFactory: openTransport,
  inject: [NotificationsSettings, CapturedMails, Clock],
};

@Module({
  imports: [
    MessagingModule.forService('notifications'),
    PersistenceModule.forService('notifications'),
    SealingModule,
    AuthModule.forService(),
  ],
  controllers: [UnsubscribeController, InboxController, SuppressionsController],
  providers: [
    settings,
    transport,
    Clock,
    EmailLogs,
    Suppressions,
    CapturedMails,
    UnsubscribeLinkStore,
    UnsubscribeLinks,
    WriteMail,
    MailDeadLetters,
    SendMails,
    MailRequestsConsumer,
    ReturnedMailConsumer,
  ],
})
export class NotificationsModule {}
