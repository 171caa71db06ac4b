import { z } from 'zod';

/** What accounts reads from the environment, beside the parts of its libraries. */
export const AccountsConfig = z.object({
  MFH_ACCOUNTS_SWEEP_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(10 * 60_000)
    .describe('Pause between two rounds that remove accounts without owner and end invitations that nobody accepted'),
  MFH_LIMITS: z
    .enum(['standard', 'lifted'])
    .default('standard')
    .describe('`lifted` switches the limit on invitations off: trials and benches only'),
  MFH_INVITATIONS_PER_HOUR: z.coerce
    .number()
    .int()
    .min(1)
    .default(20)
    .describe('Invitation mails that an account may send in an hour'),
});
export type AccountsConfig = z.infer<typeof AccountsConfig>;

export const ACCOUNTS_CONFIG = Symbol('ACCOUNTS_CONFIG');
