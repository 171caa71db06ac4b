import type { Subscription } from '@nats-io/transport-node';
import { LiveNotice, questions, subjects } from '#contracts';
import type { Questions } from '#messaging';
import type { NatsConnection } from '@nats-io/transport-node';
import { logger } from '#telemetry';
import type { Viewer } from './viewer.js';

const MOST_IDS = 200;
const RETRY_MS = 500;

/**
 * Changes of one account's executions, for everybody who watches it at this gateway. Notices that arrive while the
 * executions are being read are answered together by the next read.
 */
export class AccountFeed {
  private readonly viewers = new Set<Viewer>();
  private readonly subscription: Subscription;
  private changed = new Map<string, number>();
  private reading = false;

  constructor(
    connection: NatsConnection,
    private readonly ask: Questions,
    private readonly accountId: string,
  ) {
    this.subscription = connection.subscribe(subjects.live(accountId), {
      callback: (error, message) => {
        if (error !== null) return;
        const notice = LiveNotice.safeParse(message.json());
        if (notice.success) this.note(notice.data.execution_ids, notice.data.at);
      },
    });
  }

  get isEmpty(): boolean {
    return this.viewers.size === 0;
  }

  add(viewer: Viewer): void {
    this.viewers.add(viewer);
  }

  remove(viewer: Viewer): void {
    this.viewers.delete(viewer);
  }

  end(): void {
    this.subscription.unsubscribe();
  }

  private note(ids: readonly string[], at: number): void {
    for (const id of ids) this.changed.set(id, at);
    if (!this.reading) void this.read();
  }

  private async read(): Promise<void> {
    this.reading = true;
    while (this.changed.size > 0 && this.viewers.size > 0) {
      const group = [...this.changed].slice(0, MOST_IDS);
      for (const [id] of group) this.changed.delete(id);
      try {
        await this.show(group);
      } catch (error) {
        logger.warn({ err: error, account_id: this.accountId }, 'changed executions cannot be read yet');
        for (const [id, at] of group) if (!this.changed.has(id)) this.changed.set(id, at);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    if (this.viewers.size === 0) this.changed.clear();
    this.reading = false;
  }

  private async show(group: readonly (readonly [string, number])[]): Promise<void> {
    const execution_ids = group.map(([id]) => id);
    const { items } = await this.ask.ask(questions.executionItems, { account_id: this.accountId, execution_ids });
    const at = new Map(group);
    for (const item of items)
      for (const viewer of this.viewers) viewer.update(item, at.get(item.execution_id) ?? Date.now());
  }
}
