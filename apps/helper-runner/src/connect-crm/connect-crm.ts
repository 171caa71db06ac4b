import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { CloudEvent, ConnectorSecrets, events, isProblem, questions, type AnswerOf } from '#contracts';
import {
  ConnectorError,
  CRM_PLATFORMS,
  openConnection,
  type Connection,
  type ConnectorCredentials,
  type CrmConnector,
  type OpenConnectionDeps,
  type RefreshCredentials,
} from '#connectors';
import { NATS_CONNECTION, Questions } from '#messaging';
import { Sealer } from '#sealing';
import { logger } from '#telemetry';
import type { RunTimeline } from '../run-execution/run-timeline.js';
import { ConnectorParts } from './connector-parts.js';

type Credentials = AnswerOf<typeof questions.credentials>;

interface Open {
  accountId: string;
  connection: Promise<Connection>;
  openedAt: number;
  /** Version of the credentials in use; absent until they have been read. */
  version?: number;
}

/** Credentials are read again after this long even if no event said that they changed. */
const KEEP_MS = 5 * 60 * 1000;
const MOST_KEPT = 2_000;

/** Opens the CRM connections of executions and keeps them: credentials, sockets, tags and fields serve many runs. */
@Injectable()
export class ConnectCrm implements OnApplicationBootstrap {
  private readonly open = new Map<string, Open>();
  private subscriptions: Subscription[] = [];

  constructor(
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
    private readonly ask: Questions,
    private readonly sealer: Sealer,
    private readonly parts: ConnectorParts,
  ) {}

  /** Changed, expired and deleted connections are opened anew by the next execution. */
  onApplicationBootstrap(): void {
    const changes = [events.connectionUpdated, events.connectionExpired, events.connectionDeleted];
    this.subscriptions = changes.map((definition) =>
      this.nats.subscribe(definition.subject(), {
        callback: (error, message) => {
          const event = error === null ? CloudEvent.safeParse(message.json()) : undefined;
          if (event?.data?.subject !== undefined) this.forget(event.data.subject);
        },
      }),
    );
  }

  stopWork(): Promise<void> {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    return Promise.resolve();
  }

  /**
   * The connector of one execution.
   * @param job whose helper shares the connection's request budget fairly with the others
   * @throws ConnectorError `auth_invalid` while the connection must be reconnected, `not_found` when it is gone
   */
  async connect(
    job: { account_id: string; helper_id: string },
    connectionId: string,
    timeline: RunTimeline,
    signal: AbortSignal,
  ): Promise<CrmConnector> {
    const connection = await this.connection(job.account_id, connectionId);
    return connection.connector({
      signal,
      party: job.helper_id,
      onCall: (call) => timeline.call(call),
      onWait: (wait) => timeline.pause(wait),
    });
  }

  /** The vendor refused the credentials for good: the connection waits for its owner, and so do its executions. */
  async refused(accountId: string, connectionId: string): Promise<void> {
    const version = this.open.get(connectionId)?.version;
    this.forget(connectionId);
    if (version === undefined) return;
    try {
      const report = { account_id: accountId, connection_id: connectionId, version, reason: 'auth_invalid' as const };
      await this.ask.ask(questions.reportCredentialsInvalid, report);
    } catch (error) {
      logger.warn(
        { err: error, connection_id: connectionId },
        'refused credentials are not reported yet, the next run will',
      );
    }
  }

  private connection(accountId: string, connectionId: string): Promise<Connection> {
    const known = this.open.get(connectionId);
    if (known?.accountId === accountId && Date.now() - known.openedAt < KEEP_MS) return known.connection;
    const connection = this.openConnection(accountId, connectionId);
    if (this.open.size >= MOST_KEPT) this.open.clear();
    this.open.set(connectionId, { accountId, connection, openedAt: Date.now() });
    connection.catch(() => this.forget(connectionId));
    return connection;
  }

  private forget(connectionId: string): void {
    this.open.delete(connectionId);
  }

  private async openConnection(accountId: string, connectionId: string): Promise<Connection> {
    const answer = await this.credentials(accountId, connectionId);
    if (answer.status !== 'active' && answer.status_reason !== 'test_failed') {
      throw new ConnectorError({
        kind: 'auth_invalid',
        platform: answer.platform,
        message: 'The connection must be reconnected',
        outcome: 'not_sent',
      });
    }
    this.noteVersion(answer);
    const platform = CRM_PLATFORMS.find((slug) => slug === answer.platform);
    if (platform === undefined) {
      throw new ConnectorError({
        kind: 'unsupported',
        platform: answer.platform,
        message: `${answer.platform} is no CRM`,
        outcome: 'not_sent',
      });
    }
    return openConnection(
      {
        platform,
        credentials: await this.opened(accountId, answer),
        rateScope: answer.rate_scope,
        limits: answer.limits,
      },
      this.depsOf(accountId, answer),
    );
  }

  private noteVersion({ connection_id: connectionId, version }: Credentials): void {
    const open = this.open.get(connectionId);
    if (open !== undefined) open.version = version;
  }

  private depsOf(accountId: string, answer: Credentials): OpenConnectionDeps {
    return { ...this.parts.shared(), refreshCredentials: this.refreshOf(accountId, answer) };
  }

  private async credentials(accountId: string, connectionId: string): Promise<Credentials> {
    try {
      return await this.ask.ask(questions.credentials, { account_id: accountId, connection_id: connectionId });
    } catch (error) {
      const gone = isProblem(error) && error.status === 404;
      throw new ConnectorError({
        kind: gone ? 'not_found' : 'network',
        platform: 'unknown',
        message: gone ? 'The connection does not exist any more' : 'The credentials are not available now',
        outcome: 'not_sent',
        cause: error,
      });
    }
  }

  /** One refresh for all processes: whoever is refused first asks, the others get the same newer credentials. */
  private refreshOf(accountId: string, first: Credentials): RefreshCredentials {
    let { version } = first;
    return async () => {
      try {
        const newer = await this.ask.ask(
          questions.refreshCredentials,
          { account_id: accountId, connection_id: first.connection_id, stale_version: version, reason: 'rejected' },
          { timeoutMs: 15_000 },
        );
        ({ version } = newer);
        this.noteVersion(newer);
        return await this.opened(accountId, newer);
      } catch (error) {
        this.forget(first.connection_id);
        if (!isProblem(error) || error.status >= 500) throw error;
        logger.warn({ err: error, connection_id: first.connection_id }, 'a connection must be reconnected');
        throw new ConnectorError({
          kind: 'auth_invalid',
          platform: first.platform,
          message: 'The connection must be reconnected',
          status: 401,
          cause: error,
        });
      }
    };
  }

  private async opened(accountId: string, answer: Credentials): Promise<ConnectorCredentials> {
    const { access_token, api_key, api_secret, account_id } = ConnectorSecrets.parse(
      JSON.parse(await this.sealer.open(answer.sealed, accountId)),
    );
    return {
      ...(access_token !== undefined && { access_token }),
      ...(api_key !== undefined && { api_key }),
      ...(api_secret !== undefined && { api_secret }),
      ...(account_id !== undefined && { account_id }),
      ...(answer.base_url !== undefined && { base_url: answer.base_url }),
    };
  }
}
