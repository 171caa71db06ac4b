import { mailTemplates } from '#contracts';
import type { MailTemplate, MailTemplateId } from '#contracts';
import type { MailSurroundings, MailWriter, MailWriters } from './mail-content.js';
import { renderHtml } from './render-html.js';
import { renderText } from './render-text.js';
import { accountsWriters } from './templates/accounts.js';
import { billingWriters } from './templates/billing.js';
import { identityWriters } from './templates/identity.js';
import { productWriters } from './templates/product.js';

const writers: MailWriters<MailTemplateId> = {
  ...identityWriters,
  ...accountsWriters,
  ...billingWriters,
  ...productWriters,
};

/** A mail as it is sent, but for addresses. */
export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

const singleLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

/**
 * Writes a mail as HTML and text.
 * @throws ZodError when the variables are not what the template needs
 */
export function renderMail(id: MailTemplateId, variables: unknown, surroundings: MailSurroundings): RenderedMail {
  const template: MailTemplate = mailTemplates[id];
  // Each writer takes the variables of its own template, which were checked on the line above.
  const write = writers[id] as MailWriter<never>;
  const content = write(template.variables.parse(variables) as never, surroundings);
  return {
    subject: singleLine(content.subject),
    html: renderHtml(content, surroundings),
    text: renderText(content, surroundings),
  };
}
