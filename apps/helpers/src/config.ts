import { z } from 'zod';

/** Settings of the helpers service. Times in milliseconds unless the name says otherwise. */
export const HelpersConfig = z.object({
  MFH_LIMITS: z
    .enum(['standard', 'lifted'])
    .default('standard')
    .describe('`lifted` removes the burst limit: trials and benches only'),
  MFH_BURST_PER_MINUTE: z.coerce.number().int().min(1).default(100).describe('Executions a minute and helper'),
  MFH_DRY_RUNS_PER_MINUTE: z.coerce.number().int().min(1).default(30).describe('Dry runs a minute and account'),
  MFH_LIVE_WAITING: z.coerce
    .number()
    .int()
    .min(1)
    .default(100)
    .describe('Waiting jobs of an account and type before new ones use the bulk lane'),
  MFH_BULK_IN_STREAM: z.coerce
    .number()
    .int()
    .min(1)
    .default(500)
    .describe('Bulk jobs of an account in the stream at once'),
  MFH_SWEEP_MS: z.coerce.number().int().min(100).default(2_000).describe('Pause between two rounds of the sweeper'),
  MFH_DEAD_AFTER_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .default(10_000)
    .describe('A process that showed no sign of life for this long is dead'),
  MFH_APP_URL: z.string().default('http://127.0.0.1:3000').describe('Where the web client lives'),
});
export type HelpersConfig = z.infer<typeof HelpersConfig>;
