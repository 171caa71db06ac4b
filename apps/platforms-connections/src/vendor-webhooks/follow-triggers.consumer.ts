import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, events, scopeOf, type AccountScope } from '#contracts';
import { webhooksOf } from '#connectors';
import {
  BatchConsumer,
  JETSTREAM,
  NATS_CONNECTION,
  type JetStreamClient,
  type JsMsg,
  type NatsConnection,
} from '#messaging';
import { UnitOfWork } from '#persistence';
import type { StopsWork } from '#service-defaults';
import { logger } from '#telemetry';
import { Connections } from '../persistence/connections.repository.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';
import { OpenEndpoint } from './open-endpoint.js';
import { KeepSubscriptions } from './keep-subscriptions.js';
import { WebhookEndpoints } from './webhook-endpoints.repository.js';
import { WebhookWatches } from './webhook-watches.repository.js';

const WORDS = [events.triggerCreated, events.triggerUpdated, events.triggerDeleted];
const ABOUT_CONNECTIONS = [events.connectionUpdated, events.connectionDeleted];

/**
 * Hears what helpers wait for: the first trigger of a connection opens its webhooks, the last one gone closes them.
 * Renewed and deleted connections are looked after, too.
 */
@Injectable()
export class FollowTriggers implements OnApplicationBootstrap, StopsWork {
  readonly #consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly watches: WebhookWatches,
    private readonly endpoints: WebhookEndpoints,
    private readonly connections: Connections,
    private readonly registry: PlatformRegistry,
    private readonly opener: OpenEndpoint,
    private readonly subscriptions: KeepSubscriptions,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.#consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'connections-triggers',
      filters: [...WORDS, ...ABOUT_CONNECTIONS].map((definition) => definition.subject()),
      handle: async (messages) => {
        for (const message of messages) await this.#follow(message);
        this.subscriptions.wake();
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.#consumer.start();
  }

  stopWork(): Promise<void> {
    return this.#consumer.stop();
  }

  async #follow(message: JsMsg): Promise<void> {
    const { data: envelope } = CloudEvent.safeParse(message.json());
    if (ABOUT_CONNECTIONS.some(({ type }) => type === envelope?.type)) return this.#connectionChanged(envelope);
    const word = events.triggerCreated.data.safeParse(envelope?.data);
    if (envelope?.accountid === undefined || !word.success) {
      logger.error({ err: word.error, sequence: message.seq }, 'a trigger event cannot be read and is left out');
      return;
    }
    const scope = scopeOf(envelope.accountid);
    const { trigger_id, connection_id, event: awaited, filter, version } = word.data;
    await this.unitOfWork.run(async () => {
      const concerned = await this.watches.follow(scope, trigger_id, {
        ...(connection_id !== undefined && { connection_id }),
        event: awaited,
        filter: { tag_id: filter.tag_id, field: filter.field },
        active: envelope.type !== events.triggerDeleted.type,
        trigger_version: version,
      });
      for (const id of concerned) await this.#wake(scope, id);
    });
  }

  async #connectionChanged(envelope: CloudEvent | undefined): Promise<void> {
    const { accountid, subject, type } = envelope ?? {};
    if (accountid === undefined || subject === undefined) return;
    const scope = scopeOf(accountid);
    if (type === events.connectionDeleted.type) await this.endpoints.wake(scope, subject);
    else await this.endpoints.tryAgain(scope, subject);
  }

  async #wake(scope: AccountScope, connectionId: string): Promise<void> {
    if (await this.endpoints.wake(scope, connectionId)) return;
    const connection = await this.connections.find(scope, connectionId);
    const webhooks =
      connection === null ? undefined : webhooksOf(this.registry.get(connection.platform_id).record.slug);
    if (webhooks !== undefined) await this.opener.open(scope, connectionId, webhooks);
  }
}
