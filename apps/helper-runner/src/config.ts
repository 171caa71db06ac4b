import { z } from 'zod';

/** Settings of the helper runner. Times in milliseconds unless the name says otherwise. */
export const RunnerConfig = z.object({
  MFH_RUNNER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(4)
    .max(1000)
    .default(100)
    .describe('Executions that run at the same time'),
  MFH_RUNNER_TYPES: z.string().default('').describe('Helper types to work on, separated by commas; empty: all'),
  MFH_RUNNER_PER_CONNECTION: z.coerce
    .number()
    .int()
    .min(1)
    .default(50)
    .describe('Executions of one connection that run at the same time'),
  MFH_CRM_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(120_000)
    .default(30_000)
    .describe('Longest wait for one answer of a CRM'),
  MFH_RUN_LIMIT_MS: z.coerce.number().int().min(1_000).default(300_000).describe('Longest run'),
  MFH_RUNNER_GRACE_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(20_000)
    .describe('Time running helpers get after SIGTERM'),
  MFH_ACK_WAIT_MS: z.coerce
    .number()
    .int()
    .min(2_000)
    .default(30_000)
    .describe('Silence after which a job is given to another runner'),
  MFH_MAX_ATTEMPTS: z.coerce
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('Attempts before an execution becomes a dead letter'),
  MFH_RETRY_BASE_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(2_000)
    .describe('Wait before the second attempt; doubles, with jitter'),
});
export type RunnerConfig = z.infer<typeof RunnerConfig>;
