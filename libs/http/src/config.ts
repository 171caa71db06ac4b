import { z } from 'zod';

const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])));

/** Settings of calls to addresses that users choose, from the environment. */
export const OutboundConfig = z.object({
  MFH_MODE: z.enum(['production', 'development', 'test']).default('development').describe('What kind of start this is'),
  MFH_OUTBOUND_PRIVATE_HOSTS: list.describe(
    'host:port of private addresses that helpers may call, separated by commas; ignored in production',
  ),
  MFH_OUTBOUND_PORTS: list
    .transform((ports) => ports.map(Number))
    .pipe(z.array(z.number().int().min(1).max(65_535)))
    .describe('Ports that helpers may call, separated by commas; 80 and 443 when empty'),
});
export type OutboundConfig = z.infer<typeof OutboundConfig>;

/** The guard's options for this start. */
export function outboundPolicy(config: OutboundConfig): {
  production: boolean;
  privateHosts: string[];
  ports?: number[];
} {
  const ports = config.MFH_OUTBOUND_PORTS;
  return {
    production: config.MFH_MODE === 'production',
    privateHosts: config.MFH_OUTBOUND_PRIVATE_HOSTS,
    ...(ports.length > 0 && { ports }),
  };
}
