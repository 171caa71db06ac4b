import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { isProblem, scopeOf } from '#contracts';
import { isConnectorError, webhooksOf, type VendorWebhooks } from '#connectors';
import { RepeatedWork, type StopsWork } from '#service-defaults';
import { logger } from '#telemetry';
import { Clock } from '../clock.js';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';
import { VendorDirectory } from '../vendor/vendor-directory.js';
import { ContactStates } from '../vendor-events/contact-states.repository.js';
import { LearnContacts, needsComparison } from './learn-contacts.js';

import { SubscriptionBook } from './subscription-book.js';
import { tagIdAt, wantedTopics } from './wanted-topics.js';
import { WebhookEndpoints, type WebhookEndpoint } from './webhook-endpoints.repository.js';
import { WebhookWatches } from './webhook-watches.repository.js';

const ROUND_MS = 1_000;
/** Vendors switch subscriptions off when we were away for long. */
const LOOKED_AFTER_EVERY_MS = 60 * 60 * 1000;
/** The vendor is still trying the address out. */
const UNPROVEN_MS = 5_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60 * 60 * 1000;

/** Keeps what connections are subscribed to in step with what their helpers wait for. */
@Injectable()
export class KeepSubscriptions implements OnApplicationBootstrap, StopsWork {
  readonly #work = new RepeatedWork('keeping subscriptions to webhooks', ROUND_MS, () => this.#round());

  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly watches: WebhookWatches,
    private readonly connections: Connections,
    private readonly registry: PlatformRegistry,
    private readonly directory: VendorDirectory,
    private readonly book: SubscriptionBook,
    private readonly learning: LearnContacts,
    private readonly states: ContactStates,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#work.start();
  }

  stopWork(): Promise<void> {
    return this.#work.stop();
  }

  wake(): void {
    this.#work.wake();
  }

  async #round(): Promise<boolean> {
    const endpoint = await this.endpoints.take(this.clock.now());
    if (endpoint === null) return false;
    const scope = scopeOf(endpoint.account_id);
    const connection = await this.connections.find(scope, endpoint._id);
    if (connection === null) {
      await this.states.forgetConnection(scope, endpoint._id);
      await this.endpoints.delete(scope, endpoint._id);
      return true;
    }
    const webhooks = webhooksOf(this.registry.get(connection.platform_id).record.slug);
    if (webhooks !== undefined) await this.#keep(endpoint, connection, webhooks);
    return true;
  }

  async #keep(endpoint: WebhookEndpoint, connection: Connection, webhooks: VendorWebhooks): Promise<void> {
    const scope = scopeOf(connection.account_id);
    const now = this.clock.now().getTime();
    try {
      await this.book.nameAccount(connection, webhooks);
      const watches = await this.watches.ofConnection(scope, connection._id);
      const wanted = await wantedTopics(webhooks, watches, (tag) => tagIdAt(this.directory, scope, connection, tag));
      const proven = await this.book.settle(endpoint, connection, wanted);
      const learned = !needsComparison(webhooks, watches) || (await this.learning.goOn(endpoint, connection, webhooks));
      const pause = learned ? (proven ? LOOKED_AFTER_EVERY_MS : UNPROVEN_MS) : 0;
      await this.endpoints.finish(scope, endpoint, new Date(now + pause), { attempts: 0, settled: proven && learned });
    } catch (error) {
      if (!isConnectorError(error) && !isProblem(error)) throw error;
      logger.warn({ err: error, connection_id: connection._id }, 'webhooks of a connection are not in order yet');
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** endpoint.attempts, LONGEST_PAUSE_MS);
      const wait = Math.max(pause, isConnectorError(error) ? (error.retryAfterMs ?? 0) : 0);
      const outcome = { attempts: endpoint.attempts + 1, settled: false, error: error.message };
      await this.endpoints.finish(scope, endpoint, new Date(now + wait), outcome);
    }
  }
}
