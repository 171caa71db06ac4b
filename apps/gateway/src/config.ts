import { z } from 'zod';
import { WebhookConfig } from './receive-webhooks/webhook-settings.js';

const limit = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
const upstream = (port: number) => z.url().default(`http://127.0.0.1:${port}`);

/** Settings of the gateway. */
export const GatewayConfig = z.object({
  MFH_MODE: z.enum(['production', 'development', 'test']).default('development').describe('What the process is for'),
  MFH_LIMITS: z
    .enum(['standard', 'lifted'])
    .default('standard')
    .describe('`lifted` removes the limits of the API: trials and benches only'),
  MFH_IDENTITY_URL: upstream(8101).describe('Where identity serves'),
  MFH_ACCOUNTS_URL: upstream(8102).describe('Where accounts serves'),
  MFH_PLATFORMS_CONNECTIONS_URL: upstream(8103).describe('Where platforms-connections serves'),
  MFH_HELPERS_URL: upstream(8104).describe('Where helpers serves'),
  MFH_BILLING_URL: upstream(8105).describe('Where billing serves'),
  MFH_NOTIFICATIONS_URL: upstream(8106).describe('Where notifications serves'),
  MFH_EDGE_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('Proxies in front of the gateway, whose X-Forwarded-For is believed'),
  MFH_API_LIMIT_PER_MINUTE: limit(600).describe('Requests a minute of one user or API key'),
  MFH_API_LIMIT_PER_HOUR: limit(20_000).describe('Requests an hour of one user or API key'),
  MFH_API_LIMIT_ANONYMOUS_PER_HOUR: limit(1_000).describe('Requests an hour of one address without credentials'),
  MFH_CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((origin) => (origin.trim() === '' ? [] : [origin.trim()])))
    .describe('Origins of web clients, separated by commas; any outside production when empty'),
  ...WebhookConfig.shape,
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
