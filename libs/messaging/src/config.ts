import { z } from 'zod';

/** Settings of the broker connection, from the environment. */
export const MessagingConfig = z.object({
  MFH_NATS_URL: z.string().default('nats://127.0.0.1:4333').describe('Servers of the broker, separated by commas'),
  MFH_NATS_USER: z.string().optional().describe('User name at the broker'),
  MFH_NATS_PASSWORD: z.string().optional().describe('Password at the broker'),
  MFH_STREAM_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe('Replicas of each stream; 3 in production'),
  MFH_GROUP_ACK_WAIT_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .default(10_000)
    .describe('Milliseconds after which events that a dead process had taken are given to another one'),
});
export type MessagingConfig = z.infer<typeof MessagingConfig>;
