import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { CloudEvent, events } from '#contracts';
import {
  ConnectorError,
  CRM_PLATFORMS,
  openConnection,
  type Connection,
  type CrmConnector,
  type RefreshCredentials,
} from '#connectors';
import { NATS_CONNECTION } from '#messaging';
import type { RunTimeline } from '../run-execution/run-timeline.js';
import { ConnectorParts } from './connector-parts.js';
import { RunnerCredentials, type Credentials } from './runner-credentials.js';

interface Open {
  accountId: string;
  connectionId: string;
  /** Until when it is used without another look at its credentials. */
  freshUntil: number;
  /** Version of the credentials in use; absent until they have been read. */
  version?: number;
}

type OpenConnection = Open & { connection: Promise<Connection> };

/** Credentials are read again after this long even if no event said that they changed. */
const KEEP_MS = 5 * 60 * 1000;
/** And not sooner than after this, also when their refresh is due and could not be made. */
const LOOK_AGAIN_MS = 30 * 1000;
const MOST_KEPT = 2_000;

/** Opens the CRM connections of executions and keeps them: credentials, sockets, tags and fields serve many runs. */
@Injectable()
export class ConnectCrm implements OnApplicationBootstrap {
  private readonly open = new Map<string, OpenConnection>();
  /** What each run works with: a refusal is about that, whatever was opened since. */
  private readonly usedBy = new WeakMap<RunTimeline, Open>();
  private subscriptions: Subscription[] = [];

  constructor(
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
    private readonly credentials: RunnerCredentials,
    private readonly parts: ConnectorParts,
  ) {}

  /** Changed, expired and deleted connections are opened anew by the next execution. */
  onApplicationBootstrap(): void {
    const changes = [events.connectionUpdated, events.connectionExpired, events.connectionDeleted];
    this.subscriptions = changes.map((definition) =>
      this.nats.subscribe(definition.subject(), {
        callback: (error, message) => {
          const event = error === null ? CloudEvent.safeParse(message.json()) : undefined;
          if (event?.data?.subject !== undefined) this.open.delete(event.data.subject);
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
    const open = this.opened(job.account_id, connectionId);
    const connection = await open.connection;
    this.usedBy.set(timeline, open);
    return connection.connector({
      signal,
      party: job.helper_id,
      onCall: (call) => timeline.call(call),
      onWait: (wait) => timeline.pause(wait),
    });
  }

  /** The vendor refused this run's credentials for good: the connection waits for its owner, and so do its executions. */
  async refused(timeline: RunTimeline): Promise<void> {
    const open = this.usedBy.get(timeline);
    if (open === undefined) return;
    this.forget(open);
    const { accountId, connectionId, version } = open;
    if (version !== undefined) await this.credentials.reportRefused(accountId, connectionId, version);
  }

  private opened(accountId: string, connectionId: string): OpenConnection {
    const known = this.open.get(connectionId);
    if (known?.accountId === accountId && Date.now() < known.freshUntil) return known;
    const begun = { accountId, connectionId, freshUntil: Date.now() + KEEP_MS };
    const connection = this.openConnection(begun);
    const open: OpenConnection = Object.assign(begun, { connection });
    if (this.open.size >= MOST_KEPT) this.open.clear();
    this.open.set(connectionId, open);
    connection.catch(() => this.forget(open));
    return open;
  }

  private forget(open: Open): void {
    if (this.open.get(open.connectionId) === open) this.open.delete(open.connectionId);
  }

  private async openConnection(open: Open): Promise<Connection> {
    const { accountId } = open;
    const answer = await this.credentials.present(accountId, open.connectionId);
    note(open, answer);
    const { platform } = answer;
    const crm = CRM_PLATFORMS.find((slug) => slug === platform);
    if (crm === undefined) {
      const message = `${platform} is no CRM`;
      throw new ConnectorError({ kind: 'unsupported', platform, message, outcome: 'not_sent' });
    }
    return openConnection(
      {
        platform: crm,
        credentials: await this.credentials.opened(accountId, answer),
        rateScope: answer.rate_scope,
        limits: answer.limits,
      },
      { ...this.parts.shared(), refreshCredentials: this.refreshOf(open, answer) },
    );
  }

  private refreshOf(open: Open, first: Credentials): RefreshCredentials {
    return async () => {
      try {
        const newer = await this.credentials.newer(open.accountId, first, open.version ?? first.version, 'rejected');
        note(open, newer);
        return await this.credentials.opened(open.accountId, newer);
      } catch (error) {
        this.forget(open);
        throw error;
      }
    };
  }
}

function note(open: Open, { version, refresh_after: worn }: Credentials): void {
  open.version = version;
  const now = Date.now();
  const due = worn === undefined ? Number.POSITIVE_INFINITY : Date.parse(worn);
  open.freshUntil = Math.min(now + KEEP_MS, Math.max(due, now + LOOK_AGAIN_MS));
}
