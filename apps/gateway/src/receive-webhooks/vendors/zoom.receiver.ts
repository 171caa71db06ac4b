import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { badSignature, unreadable, type Delivery, type Received, type WebhookReceiver } from '../delivery.js';
import { digestOf, headerOf, refuseStale, signedByOne } from '../proofs.js';
import { jsonObject } from '../read-body.js';

const Validation = z.object({ payload: z.object({ plainToken: z.string().min(1).max(500) }) });

/** Zoom: signed with the app's secret token, and validated by a word that we encrypt with it. */
export class ZoomReceiver implements WebhookReceiver {
  readonly vendor = 'zoom';

  constructor(private readonly secrets: readonly string[]) {}

  receive({ headers, body, receivedAt }: Delivery): Received {
    const timestamp = headerOf(headers, 'x-zm-request-timestamp') ?? '';
    refuseStale(/^\d{1,13}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN, receivedAt);
    const signature = /^v0=([0-9a-f]{64})$/.exec(headerOf(headers, 'x-zm-signature') ?? '')?.[1];
    if (signature === undefined || !signedByOne(this.secrets, signature, 'hex', [`v0:${timestamp}:`, body])) {
      throw badSignature();
    }
    const payload = jsonObject(body);
    if (payload['event'] === 'endpoint.url_validation') return { events: [], reply: { body: this.validated(payload) } };
    return { events: [{ id: digestOf(body), payload }] };
  }

  private validated(payload: unknown): { plainToken: string; encryptedToken: string } {
    const asked = Validation.safeParse(payload);
    const [secret] = this.secrets;
    if (!asked.success || secret === undefined) throw unreadable(asked.error);
    const { plainToken } = asked.data.payload;
    return { plainToken, encryptedToken: createHmac('sha256', secret).update(plainToken).digest('hex') };
  }
}
