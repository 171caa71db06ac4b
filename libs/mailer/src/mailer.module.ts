import { Global, Module } from '@nestjs/common';
import { SealingModule } from '#sealing';
import { Mailer } from './mailer.js';

/** Gives a service the {@link Mailer}. Needs `PersistenceModule` for the outbox and the keys of `MFH_SEALING_KEYS`. */
@Global()
@Module({ imports: [SealingModule], providers: [Mailer], exports: [Mailer] })
export class MailerModule {}
