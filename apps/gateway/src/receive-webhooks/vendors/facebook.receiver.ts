import { badSignature, type Delivery, type Received, type WebhookReceiver } from '../delivery.js';
import { digestOf, headerOf, sameText, signedByOne } from '../proofs.js';
import { jsonObject } from '../read-body.js';

/** Facebook: signed with the app secret; the address is confirmed by a word that both sides know. */
export class FacebookReceiver implements WebhookReceiver {
  readonly vendor = 'facebook';
  readonly proof = 'The header X-Hub-Signature-256 over the body; hub.verify_token when the address is confirmed';

  constructor(
    private readonly secrets: readonly string[],
    private readonly verifyToken: string | undefined,
  ) {}

  receive(delivery: Delivery): Received {
    if (delivery.method === 'GET') return this.confirm(delivery);
    const signature = /^sha256=([0-9a-f]{64})$/.exec(headerOf(delivery.headers, 'x-hub-signature-256') ?? '')?.[1];
    if (signature === undefined || !signedByOne(this.secrets, signature, 'hex', [delivery.body])) throw badSignature();
    return { events: [{ id: digestOf(delivery.body), payload: jsonObject(delivery.body) }] };
  }

  private confirm({ query }: Delivery): Received {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
    const known = typeof token === 'string' && this.verifyToken !== undefined && sameText(token, this.verifyToken);
    if (mode !== 'subscribe' || !known || typeof challenge !== 'string') throw badSignature();
    return { events: [], reply: { type: 'text/plain; charset=utf-8', body: challenge } };
  }
}
