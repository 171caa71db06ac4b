import { Inject, Injectable } from '@nestjs/common';
import type { JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { ServerResponse } from 'node:http';
import { RevocationList, type KnownToken } from '#auth';
import { questions } from '#contracts';
import { JETSTREAM, NATS_CONNECTION, Questions } from '#messaging';
import { gauge, logger } from '#telemetry';
import { AccountFeed } from './account-feed.js';
import { executionsChangedSince } from './missed-executions.js';
import { instantOf, RESUME_WINDOW_MS } from './stream-events.js';
import { Viewer, type ViewerFilter } from './viewer.js';

const PING_MS = 15_000;
const LOOK_AT_SESSION_MS = 1_000;
const MOST_IDS = 200;

interface OpenStream {
  viewer: Viewer;
  token: KnownToken;
}

/** The open live streams of this gateway. */
@Injectable()
export class ExecutionStreams {
  private readonly feeds = new Map<string, AccountFeed>();
  private readonly open = new Set<OpenStream>();
  private readonly pings = setInterval(() => this.ping(), PING_MS).unref();
  private readonly looks = setInterval(() => this.endRevoked(), LOOK_AT_SESSION_MS).unref();
  private readonly stopObserving = gauge(
    { name: 'mfh.streams.open', description: 'Live streams that are open at this gateway', unit: '{stream}' },
    () => [{ value: this.open.size }],
  );

  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    @Inject(JETSTREAM) private readonly jetstream: JetStreamClient,
    private readonly ask: Questions,
    private readonly revocations: RevocationList,
  ) {}

  /** Streams to a client until it leaves, its session ends or the process stops. @param lastEventId where it was before */
  async stream(response: ServerResponse, token: KnownToken, filter: ViewerFilter, lastEventId?: string): Promise<void> {
    const { accountId } = token.identity;
    const viewer = new Viewer(response, filter);
    const feed = this.feeds.get(accountId) ?? new AccountFeed(this.connection, this.ask, accountId);
    this.feeds.set(accountId, feed);
    const stream: OpenStream = { viewer, token };
    this.open.add(stream);
    response.once('close', () => this.end(stream, accountId, feed));
    feed.add(viewer);
    viewer.open();
    if (lastEventId !== undefined) await this.resume(viewer, accountId, lastEventId);
  }

  /** Ends all streams; clients resume at another gateway. */
  stopWork(): Promise<void> {
    clearInterval(this.pings);
    clearInterval(this.looks);
    this.stopObserving();
    for (const { viewer } of this.open) viewer.close('shutdown');
    return Promise.resolve();
  }

  private async resume(viewer: Viewer, accountId: string, lastEventId: string): Promise<void> {
    const since = instantOf(lastEventId);
    if (since === undefined || since < Date.now() - RESUME_WINDOW_MS) return viewer.reset();
    try {
      const missed = await executionsChangedSince(this.jetstream, accountId, since);
      for (let first = 0; first < missed.length; first += MOST_IDS) {
        const execution_ids = missed.slice(first, first + MOST_IDS);
        const { items } = await this.ask.ask(questions.executionItems, { account_id: accountId, execution_ids });
        const order = new Map(execution_ids.map((id, index) => [id, index]));
        items.sort((a, b) => (order.get(a.execution_id) ?? 0) - (order.get(b.execution_id) ?? 0));
        for (const item of items) viewer.update(item, since);
      }
    } catch (error) {
      logger.warn({ err: error, account_id: accountId }, 'a stream could not be resumed, its client starts anew');
      viewer.reset();
    }
  }

  private end(stream: OpenStream, accountId: string, feed: AccountFeed): void {
    this.open.delete(stream);
    feed.remove(stream.viewer);
    if (!feed.isEmpty) return;
    feed.end();
    this.feeds.delete(accountId);
  }

  private ping(): void {
    for (const { viewer } of this.open) viewer.ping();
  }

  private endRevoked(): void {
    const now = Date.now() / 1000;
    for (const { viewer, token } of this.open) {
      if (this.revocations.isRevoked(token.claims) || token.claims.exp < now) viewer.close('session_ended');
    }
  }
}
