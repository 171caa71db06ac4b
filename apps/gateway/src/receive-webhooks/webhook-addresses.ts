import type { InboundVendor } from '#contracts';

interface WebhookAddress {
  methods: readonly ('GET' | 'POST')[];
  /** Whether each connection has an address of its own, with a secret as its last part. */
  secret: boolean;
  /** What is checked. */
  proof: string;
  /** Where it is not `/webhooks/<vendor>`. */
  path?: string;
}

const app = (proof: string): WebhookAddress => ({ methods: ['POST'], secret: false, proof });
const secret = (proof: string): WebhookAddress => ({ methods: ['POST'], secret: true, proof });

/** Where each vendor's webhooks come in, and what proves that they are the vendor's. */
export const WEBHOOK_ADDRESSES: Readonly<Record<InboundVendor, WebhookAddress>> = {
  keap: secret('the secret in the address; X-Hook-Secret is echoed when Keap tries the address out'),
  activecampaign: secret('the secret in the address'),
  ontraport: secret('the secret in the address'),
  gohighlevel: app('x-ghl-signature (Ed25519) or x-wh-signature (RSA-SHA256) over the body, and the time in it'),
  hubspot: app('X-HubSpot-Signature-v3 over method, address, body and X-HubSpot-Request-Timestamp'),
  zoom: app('x-zm-signature over x-zm-request-timestamp and the body'),
  facebook: { ...app('X-Hub-Signature-256 over the body'), methods: ['GET', 'POST'] },
  ses: app('the signature inside, by a certificate of Amazon SNS, of a topic of ours'),
  resend: app('svix-signature over svix-id, svix-timestamp and the body'),
  stripe: { ...app('Stripe-Signature over its time and the body'), path: '/billing/webhook' },
};

/** `/webhooks/<vendor>` where the vendor has no path of its own, and `/:secret` where each connection has its own. */
export function addressOf(vendor: InboundVendor): string {
  const { path = `/webhooks/${vendor}`, secret } = WEBHOOK_ADDRESSES[vendor];
  return secret ? `${path}/:secret` : path;
}
