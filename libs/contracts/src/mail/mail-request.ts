import { z } from 'zod';
import type { EventDefinition } from '../define-event.js';
import { subjects } from '../subjects.js';
import { line } from './define-mail-template.js';
import { MAIL_TEMPLATE_IDS } from './mail-templates.js';

/** One recipient. No line end can get into a header through it; whether it takes mail is found out by sending. */
export const MailAddress = z
  .string()
  .max(320)
  .regex(/^[^\s@]+@[^\s@]+$/, 'must read somebody@somewhere');

/** Work for the notifications service: one mail to one recipient. */
export const MailRequest = z.object({
  mail_id: z.string(),
  template: z.enum(MAIL_TEMPLATE_IDS),
  to: z.object({ address: MailAddress, name: line.optional() }),
  account_id: z.string().optional(),
  user_id: z.string().optional(),
  /** Checked variables without those that are secret. */
  variables: z.record(z.string(), z.unknown()),
  /** Secret variables, each sealed for this mail. */
  sealed: z.record(z.string(), z.string()),
  /** Later than this the mail would only confuse: it is dropped. */
  useful_until: z.iso.datetime().optional(),
});
export type MailRequest = z.infer<typeof MailRequest>;

/** What the secrets of a mail are sealed for, so that they open in no other one. */
export const mailSealScope = (mailId: string): string => `mail/${mailId}`;

/** Not a fact for everybody: it lies in a work queue of its own, in the same envelope as events. */
export const mailRequested: EventDefinition<typeof MailRequest> = {
  domain: 'notify',
  entity: 'email',
  fact: 'requested',
  version: 1,
  summary: 'A mail is to be sent to one recipient.',
  detailed: false,
  type: 'mfh.notify.email.requested.v1',
  data: MailRequest,
  subject: () => subjects.notifyEmail,
};
