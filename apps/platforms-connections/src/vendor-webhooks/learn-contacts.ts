import { Injectable } from '@nestjs/common';
import { scopeOf } from '#contracts';
import type { VendorWebhooks } from '#connectors';
import { Clock } from '../clock.js';
import type { Connection } from '../persistence/connection.collection.js';
import { VendorAccess } from '../vendor/vendor-access.js';
import { ContactStates } from '../vendor-events/contact-states.repository.js';
import { rememberedOf } from '../vendor-events/known-contact.js';
import { snapshotOf } from '../vendor-events/snapshot-of-contact.js';
import { WebhookEndpoints, type WebhookEndpoint } from './webhook-endpoints.repository.js';
import type { WebhookWatch } from './webhook-watches.repository.js';

const TIMEOUT_MS = 30_000;
const PAGE_SIZE = 100;
/** A turn must end before its lease does; the next one goes on. */
const TURN_MS = 60_000;

/** Whether changes can only be seen by comparing contacts with what they were. */
export const needsComparison = (webhooks: VendorWebhooks, watches: readonly WebhookWatch[]): boolean =>
  watches.some(({ event }) => {
    if (event === 'field_changed') return webhooks.fields !== 'told';
    return (event === 'tag_applied' || event === 'tag_removed') && webhooks.tags === 'snapshot';
  });

/** Sees every contact of a connection once, so that the first change of each can be told from how it always was. */
@Injectable()
export class LearnContacts {
  constructor(
    private readonly vendors: VendorAccess,
    private readonly states: ContactStates,
    private readonly endpoints: WebhookEndpoints,
    private readonly clock: Clock,
  ) {}

  /** Goes on where the last turn ended. @returns true when all contacts have been seen @throws ConnectorError */
  async goOn(endpoint: WebhookEndpoint, connection: Connection, webhooks: VendorWebhooks): Promise<boolean> {
    if (endpoint.learned_at !== undefined) return true;
    const scope = scopeOf(connection.account_id);
    let cursor = endpoint.learn_cursor;
    const until = this.clock.now().getTime() + TURN_MS;
    for (let at = this.clock.now(); at.getTime() < until; at = this.clock.now()) {
      const query = { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
      const read = await this.vendors.call(scope, connection, TIMEOUT_MS, (crm) => crm.getContacts(query));
      const contacts = read.contacts.map((contact) => ({
        contactId: contact.id,
        known: rememberedOf(undefined, snapshotOf(contact, at, webhooks.tags === 'snapshot')),
      }));
      await this.states.learn(scope, connection._id, contacts);
      if (!read.has_more || read.next_cursor === undefined) {
        await this.endpoints.note(scope, endpoint, { learned_at: at });
        return true;
      }
      cursor = read.next_cursor;
      await this.endpoints.note(scope, endpoint, { learn_cursor: cursor });
    }
    return false;
  }
}
