import { z } from 'zod';
import { INBOUND_VENDORS } from '#contracts';
import type { RouteDescription } from '#service-defaults';
import { addressOf, WEBHOOK_ADDRESSES } from '../receive-webhooks/webhook-addresses.js';

const WebhookReceived = z.object({ success: z.literal(true), message: z.string() }).meta({ id: 'WebhookReceived' });

/** The webhook addresses as the API reference shows them; they are served without controllers, on the raw body. */
export const WEBHOOK_ROUTES: readonly RouteDescription[] = INBOUND_VENDORS.flatMap((vendor) => {
  const { methods, secret, proof } = WEBHOOK_ADDRESSES[vendor];
  return methods.map((method) => ({
    method,
    path: addressOf(vendor),
    controller: 'WebhooksController',
    handler: method === 'GET' ? `${vendor}Confirm` : vendor,
    parameters: [
      ...(secret ? [{ source: 'path' as const, name: 'secret', schema: z.string() }] : []),
      ...(method === 'POST' ? [{ source: 'body' as const }] : []),
    ],
    settings: {
      auth: { access: 'public' as const },
      raw: true,
      api: {
        summary: method === 'GET' ? `Confirm the webhook address for ${vendor}` : `Webhooks of ${vendor}`,
        description: `Proof: ${proof}.`,
        answer: WebhookReceived,
        errors: secret ? ['webhooks.not_found'] : ['webhooks.invalid_signature', 'webhooks.stale_timestamp'],
        tags: ['webhooks'],
      },
    },
  }));
});
