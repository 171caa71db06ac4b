import { z } from 'zod';
import { defineQuestion } from '../define-question.js';
import { ExecutionFailure } from '../execution.js';

const service = 'helper-runner';

const JsonObject = z.record(z.string(), z.unknown());

/** What a helper would do for a contact; nothing of it has been done. */
export const DryRun = z.object({
  would_succeed: z.boolean(),
  error: ExecutionFailure.optional(),
  calls: z.array(z.object({ op: z.string(), args: z.array(z.unknown()) })),
  fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  tags: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
  http: z.array(
    z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()), body: z.string() }),
  ),
  enqueued: z.array(z.object({ helper_id: z.string(), delay_seconds: z.number() })),
  /** Mails and files. */
  deliveries: z.array(z.object({ kind: z.string(), content: JsonObject })),
  modified_data: JsonObject,
  actions: z.array(z.object({ type: z.string(), target: z.string(), value: z.unknown() })),
  warnings: z.array(z.string()),
});
export type DryRun = z.infer<typeof DryRun>;

export const helperRunnerQuestions = {
  dryRun: defineQuestion({
    service,
    name: 'dry-run',
    summary: 'What a helper would do for a contact: reads are real, nothing is changed or sent.',
    request: z.object({
      account_id: z.string(),
      user_id: z.string().optional(),
      helper_id: z.string(),
      helper_type: z.string(),
      helper_name: z.string(),
      connection_id: z.string().optional(),
      contact_id: z.string().optional(),
      /** Secrets inside are sealed. */
      config: JsonObject,
      input: JsonObject,
      query: z.record(z.string(), z.string()),
    }),
    answer: DryRun,
  }),
} as const;
