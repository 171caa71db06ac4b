import { z } from 'zod';
import { Problem } from '#contracts';
import { unreadable, type Delivery, type Received, type WebhookReceiver } from '../delivery.js';
import { headerOf, isStale, signedByOne } from '../proofs.js';
import { jsonObject } from '../read-body.js';

const StripeEvent = z.object({ id: z.string().min(1).max(200), object: z.literal('event'), type: z.string().min(1) });

/** Stripe: signed over the time of sending and the body; several signatures while a secret is rolled. */
export class StripeReceiver implements WebhookReceiver {
  readonly vendor = 'stripe';

  constructor(private readonly secrets: readonly string[]) {}

  receive({ headers, body, receivedAt }: Delivery): Received {
    if (this.secrets.length === 0) throw notConfigured();
    const { timestamp, signatures } = signatureOf(headerOf(headers, 'stripe-signature') ?? '');
    const content = [`${timestamp}.`, body];
    if (!signatures.some((signature) => signedByOne(this.secrets, signature, 'hex', content))) throw unsigned();
    if (isStale(Number(timestamp) * 1000, receivedAt)) throw old();
    const payload = jsonObject(body);
    const event = StripeEvent.safeParse(payload);
    if (!event.success) throw unreadable(event.error);
    return { events: [{ id: event.data.id, payload }] };
  }
}

/** `t=<seconds>,v1=<hex>,v1=<hex>`; other schemes are left out, Stripe uses them for tests only. */
function signatureOf(header: string): { timestamp: string; signatures: string[] } {
  const parts = header.split(',').map((part) => part.trim());
  const timestamp = parts.find((part) => /^t=\d{1,13}$/.test(part))?.slice('t='.length) ?? '';
  const signatures = parts.flatMap((part) => (/^v1=[0-9a-f]{64}$/.test(part) ? [part.slice('v1='.length)] : []));
  return { timestamp, signatures: timestamp === '' ? [] : signatures };
}

/** Clients of this route have always been answered 400 where others are answered 401. */
const unsigned = (): Problem =>
  new Problem(400, 'webhooks.invalid_signature', 'Stripe-Signature is missing or does not belong to this body');

const old = (): Problem =>
  new Problem(400, 'webhooks.stale_timestamp', 'The delivery was signed more than five minutes ago');

const notConfigured = (): Problem =>
  new Problem(500, 'webhooks.not_configured', 'Set MFH_WEBHOOK_STRIPE_SECRETS to receive webhooks of Stripe');
