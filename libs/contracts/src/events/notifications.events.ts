import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { MAIL_TEMPLATE_IDS } from '../mail/mail-templates.js';

export const notificationsEvents = {
  emailEnded: defineEvent({
    domain: 'notifications',
    entity: 'email',
    fact: 'ended',
    summary: 'A requested mail was sent, or will not be.',
    data: z.object({
      email_id: z.string(),
      template: z.enum(MAIL_TEMPLATE_IDS),
      account_id: z.string().optional(),
      user_id: z.string().optional(),
      status: z.enum(['sent', 'failed', 'suppressed', 'expired']),
      attempts: z.number().int(),
      reason: z.string().optional(),
    }),
  }),
} as const;
