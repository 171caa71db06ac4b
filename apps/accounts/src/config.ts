import { z } from 'zod';

/** What accounts reads from the environment, beside the parts of its libraries. */
export const AccountsConfig = z.object({
  MFH_ACCOUNTS_SWEEP_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(10 * 60_000)
    .describe('Pause between two rounds that remove accounts whose owner never came into being'),
});
export type AccountsConfig = z.infer<typeof AccountsConfig>;

export const ACCOUNTS_CONFIG = Symbol('ACCOUNTS_CONFIG');
