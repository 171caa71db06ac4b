import { badSignature, type Delivery, type Received, type WebhookReceiver } from '../delivery.js';
import { headerOf, refuseStale, signedByOne } from '../proofs.js';
import { jsonObject } from '../read-body.js';

/** The secret as Resend shows it, and the key that it stands for. */
const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

/** Resend: signed over the delivery's id, its time and the body; several signatures while a secret is replaced. */
export class ResendReceiver implements WebhookReceiver {
  readonly vendor = 'resend';
  private readonly keys: readonly Buffer[];

  constructor(secrets: readonly string[]) {
    this.keys = secrets.map(keyOf);
  }

  receive({ headers, body, receivedAt }: Delivery): Received {
    const timestamp = headerOf(headers, 'svix-timestamp') ?? '';
    refuseStale(/^\d{1,13}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN, receivedAt);
    const id = headerOf(headers, 'svix-id') ?? '';
    const signatures = (headerOf(headers, 'svix-signature') ?? '')
      .split(' ')
      .flatMap((entry) => (entry.startsWith('v1,') ? [entry.slice('v1,'.length)] : []));
    const content = [`${id}.${timestamp}.`, body];
    if (id === '' || !signatures.some((signature) => signedByOne(this.keys, signature, 'base64', content))) {
      throw badSignature();
    }
    return { events: [{ id, payload: jsonObject(body) }] };
  }
}
