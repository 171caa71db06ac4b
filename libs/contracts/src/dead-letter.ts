import { z } from 'zod';
import { ExecutionFailure, ExecutionJob } from './execution.js';
import { MailRequest } from './mail/mail-request.js';

/** One try that did not work. */
export const FailedAttempt = z.object({
  attempt: z.number().int(),
  started_at: z.iso.datetime().optional(),
  ended_at: z.iso.datetime().optional(),
  runner: z.string(),
  error: z.object({ code: z.string(), message: z.string() }),
});
export type FailedAttempt = z.infer<typeof FailedAttempt>;

/** What lies in the DEAD_LETTERS stream: enough to look at it and to replay it, whatever else has expired. */
export const DeadLetter = z.object({
  dead_letter_id: z.string(),
  kind: z.enum(['execution', 'run', 'notification']),
  /** Absent when the message could not be read; `raw` holds its beginning then. */
  job: ExecutionJob.optional(),
  /** The mail that could not be sent; its secrets are sealed. */
  mail: MailRequest.optional(),
  raw: z.string().optional(),
  reason: ExecutionFailure,
  attempts: z.array(FailedAttempt),
  dead_at: z.iso.datetime(),
  traceparent: z.string().optional(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;
