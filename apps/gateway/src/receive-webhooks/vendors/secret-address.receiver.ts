import type { InboundVendor } from '#contracts';
import { type Delivery, type Endpoint, type Received, type WebhookReceiver } from '../delivery.js';
import { digestOf, headerOf } from '../proofs.js';
import { objectBody } from '../read-body.js';
import type { WebhookEndpoints } from '../webhook-endpoints.js';

type SecretAddressVendor = Extract<InboundVendor, 'keap' | 'activecampaign' | 'ontraport'>;

/** Vendors that sign nothing: what proves a delivery is the secret in the address that only the vendor was told. */
export class SecretAddressReceiver implements WebhookReceiver {
  constructor(
    readonly vendor: SecretAddressVendor,
    private readonly endpoints: WebhookEndpoints,
  ) {}

  async receive(delivery: Delivery): Promise<Received> {
    const endpoint = await this.endpoints.find(this.vendor, delivery.secret ?? '');
    return this.read(delivery, endpoint);
  }

  protected read({ headers, body }: Delivery, endpoint: Endpoint): Received {
    const payload = objectBody(body, headerOf(headers, 'content-type'));
    return { events: [{ id: digestOf(endpoint.connection_id, body), payload, endpoint }] };
  }
}

const HANDSHAKE = 'x-hook-secret';

/** Keap tries an address out before it uses it: it sends a word in a header and wants it back. */
export class KeapReceiver extends SecretAddressReceiver {
  protected override read(delivery: Delivery, endpoint: Endpoint): Received {
    const word = headerOf(delivery.headers, HANDSHAKE);
    if (word === undefined) return super.read(delivery, endpoint);
    const reply = { headers: { 'X-Hook-Secret': word }, body: { success: true, message: 'OK' } };
    const carriesEvents = delivery.body.includes('"object_keys"');
    return { events: carriesEvents ? super.read(delivery, endpoint).events : [], reply };
  }
}
