import { z } from 'zod';
import { defineEvent } from '../define-event.js';

/** Systems outside that send webhooks to the gateway. */
export const INBOUND_VENDORS = [
  'keap',
  'gohighlevel',
  'hubspot',
  'activecampaign',
  'ontraport',
  'zoom',
  'facebook',
  'ses',
  'resend',
  'stripe',
] as const;
export type InboundVendor = (typeof INBOUND_VENDORS)[number];

/** One verified event of a vendor, stored once; secrets inside the payload are hidden. */
const InboundReceived = z.object({
  vendor: z.enum(INBOUND_VENDORS),
  /** The vendor's own id of the event, or a digest of the delivery where it gives none. */
  event_id: z.string(),
  received_at: z.iso.datetime(),
  /** The connection whose secret address the vendor used; absent where one address serves all accounts. */
  endpoint: z.object({ account_id: z.string(), connection_id: z.string() }).optional(),
  payload: z.record(z.string(), z.unknown()),
});
export type InboundReceived = z.infer<typeof InboundReceived>;

const received = (entity: InboundVendor) =>
  defineEvent({
    domain: 'inbound',
    entity,
    fact: 'received',
    summary: `A webhook of ${entity} was verified and stored.`,
    data: InboundReceived,
  });

export const inboundEvents = {
  keapWebhookReceived: received('keap'),
  gohighlevelWebhookReceived: received('gohighlevel'),
  hubspotWebhookReceived: received('hubspot'),
  activecampaignWebhookReceived: received('activecampaign'),
  ontraportWebhookReceived: received('ontraport'),
  zoomWebhookReceived: received('zoom'),
  facebookWebhookReceived: received('facebook'),
  sesWebhookReceived: received('ses'),
  resendWebhookReceived: received('resend'),
  stripeWebhookReceived: received('stripe'),
} as const;

/** The event of each vendor. */
export const inboundReceived: Readonly<Record<InboundVendor, ReturnType<typeof received>>> = {
  keap: inboundEvents.keapWebhookReceived,
  gohighlevel: inboundEvents.gohighlevelWebhookReceived,
  hubspot: inboundEvents.hubspotWebhookReceived,
  activecampaign: inboundEvents.activecampaignWebhookReceived,
  ontraport: inboundEvents.ontraportWebhookReceived,
  zoom: inboundEvents.zoomWebhookReceived,
  facebook: inboundEvents.facebookWebhookReceived,
  ses: inboundEvents.sesWebhookReceived,
  resend: inboundEvents.resendWebhookReceived,
  stripe: inboundEvents.stripeWebhookReceived,
};
