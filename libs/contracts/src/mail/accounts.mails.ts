import { z } from 'zod';
import { ROLES } from '../roles.js';
import { defineMailTemplate, greetedName, line, moment, secretText } from './define-mail-template.js';

export const accountsMails = {
  team_invite: defineMailTemplate({
    summary: 'Somebody is invited to an account; the link shows and accepts the invitation.',
    variables: z.object({
      inviter_name: line,
      inviter_email: line.optional(),
      account_name: line,
      role: z.enum(ROLES),
      token: secretText,
      expires_at: moment,
    }),
    secrets: ['token'],
  }),
  team_changed: defineMailTemplate({
    summary: 'A member joined, was removed or got another role.',
    variables: z.object({
      name: greetedName,
      change: z.enum(['joined', 'removed', 'role_changed']),
      /** Whose membership changed; `you` is true in the mail to that person. */
      member_name: line,
      you: z.boolean(),
      account_name: line,
      role: z.enum(ROLES).optional(),
    }),
  }),
  ownership_transferred: defineMailTemplate({
    summary: 'An account has another owner; sent to both.',
    variables: z.object({ name: greetedName, account_name: line, from_name: line, to_name: line }),
  }),
  account_deletion_scheduled: defineMailTemplate({
    summary: 'An account was deleted and can be restored until its data is erased.',
    variables: z.object({ name: greetedName, account_name: line, erase_at: moment, requested_by: line.optional() }),
  }),
  account_restored: defineMailTemplate({
    summary: 'A deleted account was restored in time.',
    variables: z.object({ name: greetedName, account_name: line }),
  }),
  account_erased: defineMailTemplate({
    summary: 'The data of a deleted account is gone.',
    variables: z.object({ name: greetedName, account_name: line }),
  }),
} as const;
