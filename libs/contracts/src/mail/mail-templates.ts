import type { z } from 'zod';
import { accountsMails } from './accounts.mails.js';
import { billingMails } from './billing.mails.js';
import { identityMails } from './identity.mails.js';
import { productMails } from './product.mails.js';

/** Every mail that the product sends by itself; each domain's part lives in a file of its own. */
export const mailTemplates = { ...identityMails, ...accountsMails, ...billingMails, ...productMails } as const;

export type MailTemplateId = keyof typeof mailTemplates;

/** What a request brings. */
export type MailVariables<Id extends MailTemplateId> = z.input<(typeof mailTemplates)[Id]['variables']>;
/** What a template gets. */
export type CheckedMailVariables<Id extends MailTemplateId> = z.output<(typeof mailTemplates)[Id]['variables']>;

export const MAIL_TEMPLATE_IDS = Object.keys(mailTemplates) as MailTemplateId[];

/** Other names under which people know some of the mails. */
export const MAIL_TEMPLATE_ALIASES: Readonly<Record<string, MailTemplateId>> = {
  forgot_password: 'password_reset',
  password_reset_confirmation: 'password_changed',
  workspace_invitation: 'team_invite',
  team_invitation: 'team_invite',
  subscription_confirmed: 'subscription_welcome',
  subscription_created: 'subscription_welcome',
  subscription_cancelled: 'subscription_canceled',
};
