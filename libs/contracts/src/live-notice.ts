import { z } from 'zod';

/** Says that executions of an account have changed; whoever shows them asks for them. Lost ones are made good by resuming. */
export const LiveNotice = z.object({
  execution_ids: z.array(z.string()),
  /** Epoch milliseconds. */
  at: z.number().int(),
});
export type LiveNotice = z.infer<typeof LiveNotice>;
