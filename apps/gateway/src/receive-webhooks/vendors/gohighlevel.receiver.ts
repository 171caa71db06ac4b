import { verify, type KeyObject } from 'node:crypto';
import { badSignature, type Delivery, type Received, type WebhookReceiver } from '../delivery.js';
import { digestOf, headerOf, refuseStale } from '../proofs.js';
import { jsonObject } from '../read-body.js';

/** Told without a time and an id of their own. */
const APP_EVENTS: ReadonlySet<unknown> = new Set(['INSTALL', 'UNINSTALL', 'AppInstall', 'AppUninstall']);

/** The vendor signs with Ed25519 in one header and did so with RSA in another; each counts with a key of its kind. */
const SCHEMES = [
  { header: 'x-ghl-signature', keyType: 'ed25519', digest: null },
  { header: 'x-wh-signature', keyType: 'rsa', digest: 'RSA-SHA256' },
] as const;

/** GoHighLevel: one address for all locations, signed with the vendor's private key. */
export class GoHighLevelReceiver implements WebhookReceiver {
  readonly vendor = 'gohighlevel';

  constructor(private readonly publicKeys: readonly KeyObject[]) {}

  receive({ headers, body, receivedAt }: Delivery): Received {
    if (!this.isSigned(headers, body)) throw badSignature();
    const payload = jsonObject(body);
    const { type, timestamp, webhookId } = payload;
    if (timestamp !== undefined || !APP_EVENTS.has(type)) refuseStale(timeOf(timestamp), receivedAt);
    const id = typeof webhookId === 'string' && webhookId !== '' ? webhookId : digestOf(body);
    return { events: [{ id, payload }] };
  }

  private isSigned(headers: Delivery['headers'], body: Buffer): boolean {
    return SCHEMES.some(({ header, keyType, digest }) => {
      const signature = headerOf(headers, header);
      if (signature === undefined) return false;
      const keys = this.publicKeys.filter((key) => key.asymmetricKeyType === keyType);
      return keys.some((key) => verify(digest, body, key, Buffer.from(signature, 'base64')));
    });
  }
}

/** Milliseconds; NaN for what is no time. */
function timeOf(timestamp: unknown): number {
  if (typeof timestamp === 'number') return timestamp < 1e11 ? timestamp * 1000 : timestamp;
  return typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
}
