import { badSignature, type Delivery, type Received, type WebhookReceiver } from '../delivery.js';
import { digestOf, headerOf, refuseStale, signedByOne } from '../proofs.js';
import { jsonObjects } from '../read-body.js';

/** HubSpot: one address for all portals; a delivery is a list of events, signed with the app's client secret. */
export class HubSpotReceiver implements WebhookReceiver {
  readonly vendor = 'hubspot';

  /** @param publicUrl how HubSpot calls this gateway; part of what is signed */
  constructor(
    private readonly secrets: readonly string[],
    private readonly publicUrl: string,
  ) {}

  receive({ method, url, headers, body, receivedAt }: Delivery): Received {
    const signature = headerOf(headers, 'x-hubspot-signature-v3');
    const timestamp = headerOf(headers, 'x-hubspot-request-timestamp') ?? '';
    refuseStale(/^\d{1,16}$/.test(timestamp) ? Number(timestamp) : Number.NaN, receivedAt);
    const content = [method, this.publicUrl + url, body, timestamp];
    if (signature === undefined || !signedByOne(this.secrets, signature, 'base64', content)) throw badSignature();
    return { events: jsonObjects(body).map((payload) => ({ id: idOf(payload), payload })) };
  }
}

/**
 * The vendor does not promise that `eventId` is unique by itself; with what it is about it is. `attemptNumber` differs
 * between deliveries of one event.
 */
function idOf(payload: Record<string, unknown>): string {
  const { eventId, portalId, subscriptionId, subscriptionType, objectId, propertyName, occurredAt } = payload;
  return digestOf(
    JSON.stringify([eventId, portalId, subscriptionId, subscriptionType, objectId, propertyName, occurredAt]),
  );
}
