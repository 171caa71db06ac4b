export { Mailer } from './mailer.js';
export type { MailToSend } from './mailer.js';
export { MailerModule } from './mailer.module.js';
