export type { MailCategory, MailTemplate } from './define-mail-template.js';
export * from './mail-request.js';
export * from './mail-templates.js';
