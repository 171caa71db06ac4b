import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { scopeOf, type InboundReceived, type InboundVendor } from '#contracts';
import { webhooksOf } from '#connectors';
import { isDuplicateKey, UnitOfWork } from '#persistence';
import { logger } from '#telemetry';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';
import { WebhookEndpoints } from '../vendor-webhooks/webhook-endpoints.repository.js';
import { WebhookWatches } from '../vendor-webhooks/webhook-watches.repository.js';
import { AppliedEvents } from './applied-events.repository.js';
import { ContactChanges } from './contact-changes.js';
import { ContactLooks } from './contact-looks.repository.js';
import { ContactStates } from './contact-states.repository.js';
import { DisconnectRemoved } from './disconnect-removed.js';
import { differences, rememberedOf } from './known-contact.js';
import type { Reader, Reading, Snapshot, Told } from './reading.js';
import { readActiveCampaign } from './readers/activecampaign.reader.js';
import { readGoHighLevel } from './readers/gohighlevel.reader.js';
import { readHubSpot } from './readers/hubspot.reader.js';
import { readKeap } from './readers/keap.reader.js';
import { readOntraport } from './readers/ontraport.reader.js';

const READERS: Readonly<Partial<Record<InboundVendor, Reader>>> = {
  keap: readKeap,
  gohighlevel: readGoHighLevel,
  hubspot: readHubSpot,
  activecampaign: readActiveCampaign,
  ontraport: readOntraport,
};

/** Vendors whose events are applied here. */
export const APPLIED_VENDORS = Object.keys(READERS) as InboundVendor[];

/** Another process may apply the same event at the same moment. */
const TRIES = 3;

/** Turns one event of a vendor into changed contacts of the connections it concerns, once for each. */
@Injectable()
export class ApplyVendorEvent {
  constructor(
    private readonly connections: Connections,
    private readonly registry: PlatformRegistry,
    private readonly endpoints: WebhookEndpoints,
    private readonly watches: WebhookWatches,
    private readonly applied: AppliedEvents,
    private readonly states: ContactStates,
    private readonly looks: ContactLooks,
    private readonly changes: ContactChanges,
    private readonly removals: DisconnectRemoved,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async apply(event: InboundReceived): Promise<void> {
    const reader = READERS[event.vendor];
    if (reader === undefined) return;
    const receivedAt = new Date(event.received_at);
    const topics = event.endpoint === undefined ? [] : await this.#topicsOf(event.endpoint);
    const topicOf = (id: string): string | undefined => topics.find(({ hook_id }) => hook_id === id)?.topic;
    const reading = reader(event.payload, { eventId: event.event_id, receivedAt, topicOf });
    const connections = await this.#connectionsOf(event, reading);
    if (connections.length === 0) {
      logger.info(
        { vendor: event.vendor, event_id: event.event_id },
        'a webhook concerns no connection, it is left out',
      );
    }
    for (const connection of connections) await this.#once(connection, event, reading);
  }

  async #topicsOf({ account_id, connection_id }: NonNullable<InboundReceived['endpoint']>) {
    return (await this.endpoints.find(scopeOf(account_id), connection_id))?.subscriptions ?? [];
  }

  async #connectionsOf({ vendor, endpoint }: InboundReceived, { account }: Reading): Promise<Connection[]> {
    if (endpoint !== undefined) {
      const connection = await this.connections.find(scopeOf(endpoint.account_id), endpoint.connection_id);
      return connection === null ? [] : [connection];
    }
    if (account === undefined) return [];
    const platformId = `platform:${vendor}`;
    return this.connections.system('the vendor names its own account, which several of ours may have connected').find({
      $or: [
        { platform_id: platformId, external_app_id: account },
        { platform_id: platformId, 'credentials_metadata.location_id': account },
      ],
    });
  }

  async #once(connection: Connection, event: InboundReceived, reading: Reading): Promise<void> {
    const scope = scopeOf(connection.account_id);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.unitOfWork.run(async (session) => {
          if (!(await this.applied.begin(scope, event.vendor, event.event_id, connection._id))) return;
          if (reading.removed === true) {
            return this.removals.disconnect(session, connection, new Date(event.received_at));
          }
          await this.#applyTo(session, connection, event, reading);
        });
      } catch (error) {
        if (!isDuplicateKey(error) || attempt >= TRIES) throw error;
      }
    }
  }

  async #applyTo(
    session: ClientSession,
    connection: Connection,
    event: InboundReceived,
    reading: Reading,
  ): Promise<void> {
    for (const told of reading.told) await this.#tell(session, connection, told);
    if (reading.snapshot !== undefined) await this.#compare(session, connection, reading.snapshot, event.event_id);
    if (reading.looks.length === 0) return;
    const scope = scopeOf(connection.account_id);
    if (!(await this.watches.awaits(scope, connection._id, 'field_changed'))) return;
    for (const { contactId } of reading.looks) await this.looks.ask(scope, connection._id, contactId);
  }

  async #tell(session: ClientSession, connection: Connection, told: Told): Promise<void> {
    const scope = scopeOf(connection.account_id);
    if (told.change === 'contact_deleted') await this.states.forget(scope, connection._id, told.contactId);
    if (told.onlyIfUnknown !== true) return this.changes.told(session, connection, told);
    const known = await this.states.known(scope, connection._id, told.contactId);
    if (known !== undefined) return this.changes.told(session, connection, { ...told, change: 'contact_updated' });
    await this.states.remember(scope, connection._id, told.contactId, { seen_at: told.occurredAt });
    await this.changes.told(session, connection, told);
  }

  async #compare(session: ClientSession, connection: Connection, snapshot: Snapshot, eventId: string): Promise<void> {
    const scope = scopeOf(connection.account_id);
    const known = await this.states.known(scope, connection._id, snapshot.contactId);
    const learned = await this.endpoints.isLearned(scope, connection._id);
    const { slug } = this.registry.get(connection.platform_id).record;
    const seen = { contactId: snapshot.contactId, at: snapshot.at, byName: webhooksOf(slug)?.tags === 'snapshot' };
    await this.changes.noticed(session, connection, seen, differences(known, snapshot, learned), [eventId]);
    await this.states.remember(scope, connection._id, snapshot.contactId, rememberedOf(known, snapshot));
  }
}
