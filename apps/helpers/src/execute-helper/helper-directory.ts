import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { CloudEvent, events, Problem, type AccountScope } from '#contracts';
import { NATS_CONNECTION } from '#messaging';
import { HelpersRepository, type HelperRecord } from '../persistence/helpers.repository.js';
import { errorsOf } from '../views/helper-view.js';

export const helperNotFound = (): Problem => new Problem(404, 'helpers.not_found', 'Helper not found');

/** A helper as execution needs it. */
export interface KnownHelper {
  record: HelperRecord;
  /** What keeps its configuration from running. */
  configErrors: ReturnType<typeof errorsOf>;
}

/** Another process's change is known here by its event, at the latest after this long. */
const FRESH_MS = 1_000;
const MOST_KEPT = 10_000;

/** Finds helpers for execution without a database read for each: a burst names one helper thousands of times. */
@Injectable()
export class HelperDirectory implements OnApplicationBootstrap {
  private readonly known = new Map<string, { helper: Promise<KnownHelper | null>; at: number; id?: string }>();
  private subscriptions: Subscription[] = [];

  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    private readonly helpers: HelpersRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.subscriptions = [events.helperUpdated, events.helperDeleted].map((definition) =>
      this.connection.subscribe(definition.subject(), {
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

  /** @throws Problem 404 `helpers.not_found` */
  async find(scope: AccountScope, identifier: string): Promise<KnownHelper> {
    const key = `${scope.accountId} ${identifier}`;
    const kept = this.known.get(key);
    if (kept !== undefined && Date.now() - kept.at < FRESH_MS) return this.orNotFound(kept.helper);
    const helper = this.load(scope, identifier);
    const entry: { helper: Promise<KnownHelper | null>; at: number; id?: string } = { helper, at: Date.now() };
    this.known.set(key, entry);
    if (this.known.size > MOST_KEPT) this.known.clear();
    helper.then(
      (found) => {
        if (found !== null) entry.id = found.record._id;
      },
      () => this.known.delete(key),
    );
    return this.orNotFound(helper);
  }

  /** The helper was changed: the next execution reads it again. */
  forget(helperId: string): void {
    for (const [key, { id }] of this.known) if (id === helperId) this.known.delete(key);
  }

  private async load(scope: AccountScope, identifier: string): Promise<KnownHelper | null> {
    const record = await this.helpers.resolve(scope, identifier);
    return record && { record, configErrors: errorsOf(record) };
  }

  private async orNotFound(helper: Promise<KnownHelper | null>): Promise<KnownHelper> {
    const found = await helper;
    if (found === null) throw helperNotFound();
    return found;
  }
}
