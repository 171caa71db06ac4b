import { z } from 'zod';
import { count, defineMailTemplate, greetedName, line, moment, paragraph } from './define-mail-template.js';

/** A place in the web client, such as `/helpers`. */
const appPath = z
  .string()
  .regex(/^\/(?!\/)/)
  .optional();

export const productMails = {
  execution_alert: defineMailTemplate({
    summary: 'Executions of a helper failed for good.',
    variables: z.object({
      name: greetedName,
      account_name: line.optional(),
      helper_name: line,
      error_message: paragraph,
      failures: count.default(1),
      helper_id: line.optional(),
    }),
  }),
  connection_alert: defineMailTemplate({
    summary: 'A connection needs to be authorised again or failed its test.',
    variables: z.object({
      name: greetedName,
      account_name: line.optional(),
      connection_name: line,
      platform_name: line.optional(),
      problem: z.enum(['authorisation_expired', 'test_failed']),
    }),
  }),
  helper_report: defineMailTemplate({
    category: 'optional',
    summary: 'What a helper did, in the words of the helper.',
    variables: z.object({ name: greetedName, helper_name: line, details: paragraph }),
  }),
  weekly_summary: defineMailTemplate({
    category: 'optional',
    summary: 'What the helpers of an account did in a week.',
    variables: z.object({
      name: greetedName,
      account_name: line,
      week_start: moment,
      week_end: moment,
      total_helpers: count,
      total_executed: count,
      total_succeeded: count,
      total_failed: count,
      top_helper: line.optional(),
    }),
  }),
  account_notification: defineMailTemplate({
    summary: 'Something else that people of an account must know.',
    variables: z.object({ name: greetedName, subject: line, message: paragraph, app_path: appPath }),
  }),
} as const;
