import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { subjects } from '#contracts';
import { applyStreams, isMissing, NATS_CONNECTION } from '#messaging';
import { logger, withoutTrace } from '#telemetry';
import { EndExecution } from '../cancel-execution/end-execution.js';
import { RestWithAccount } from '../closed-accounts/rest-with-account.js';
import { LONGEST_WAIT_MS, type ExecutionRecord } from '../domain/execution-record.js';
import { Instance } from '../domain/instance.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { Announcer } from '../release-executions/announcer.js';
import { JobPublisher } from '../release-executions/job-publisher.js';
import { Releaser } from '../release-executions/releaser.js';
import { HelpersSettings } from '../settings.js';
import { InstancesRepository } from './instances.repository.js';
import { StreamsSeenRepository } from './streams-seen.repository.js';

const BATCH = 500;
/** A record held for its turn this long gets a second look, in case a release was lost with its process. */
const TURN_OVERDUE_MS = 5_000;

/**
 * Makes good what a crash or a broker left undone. Age alone is no reason to publish again: it publishes what was
 * not confirmed, what belonged to a dead process, and everything when the stream was made anew.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    private readonly instance: Instance,
    private readonly instances: InstancesRepository,
    private readonly streamsSeen: StreamsSeenRepository,
    private readonly executions: ExecutionsRepository,
    private readonly publisher: JobPublisher,
    private readonly releaser: Releaser,
    private readonly announcer: Announcer,
    private readonly ending: EndExecution,
    private readonly resting: RestWithAccount,
    private readonly settings: HelpersSettings,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.instances.seen(this.instance.id, new Date()).catch((error: unknown) => {
      logger.warn({ err: error }, 'no sign of life yet');
    });
    withoutTrace(() => this.arm());
  }

  async stopWork(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.round;
  }

  /** One round; each part runs although another one failed. */
  async sweep(): Promise<void> {
    const parts: [string, () => Promise<void>][] = [
      ['signs of life', () => this.signOfLife()],
      ['unconfirmed publications', () => this.publishUnconfirmed()],
      ['dead processes', () => this.adopt()],
      ['emptied streams', () => this.refill()],
      ['closed accounts', () => this.resting.applyRecent()],
      ['due executions', () => this.releaseDue()],
      ['overdue turns', () => this.releaseTurns()],
      ['bulk lane', () => this.releaseBulk()],
      ['expired executions', () => this.expire()],
    ];
    for (const [part, work] of parts) {
      await work().catch((error: unknown) =>
        logger.warn({ err: error, part }, 'sweep failed, the next round tries again'),
      );
    }
  }

  private arm(): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => {
      this.round = this.sweep().finally(() => this.arm());
    }, this.settings.sweepMs);
  }

  /** A process that was silent for too long has lost its executions to others and goes on under a new name. */
  private async signOfLife(): Promise<void> {
    const now = new Date();
    const alive = await this.instances.alive(new Date(now.getTime() - this.settings.deadAfterMs));
    if (!alive.has(this.instance.id)) this.instance.renew();
    await this.instances.seen(this.instance.id, now);
  }

  private async publishUnconfirmed(): Promise<void> {
    const ids = this.publisher.unconfirmedIds();
    if (ids.length === 0) return;
    const records = await this.executions.byIds(ids);
    const open = new Map(
      records.filter((record) => record.open === true && !record.held).map((record) => [record._id, record]),
    );
    for (const id of ids) if (!open.has(id)) this.publisher.notNow(id);
    await this.publishAgain([...open.values()]);
  }

  private async adopt(): Promise<void> {
    const alive = await this.instances.alive(new Date(Date.now() - this.settings.deadAfterMs));
    const dead = (await this.executions.owners()).filter((owner) => !alive.has(owner) && owner !== this.instance.id);
    while (dead.length > 0 && !this.stopping) {
      const orphans = await this.executions.ownedBy(dead, BATCH);
      if (orphans.length === 0) return;
      const adopted = await this.executions.adopt(
        orphans.map((record) => record._id),
        dead,
        this.instance.id,
      );
      logger.warn({ executions: adopted.length }, 'adopted executions of a dead process');
      await this.publishAgain(adopted);
    }
  }

  /** As on acceptance: whoever shares a contact with another open execution is held. */
  private async publishAgain(records: readonly ExecutionRecord[]): Promise<void> {
    const [fresh, republished] = [
      records.filter((record) => record.publication === 1),
      records.filter((record) => record.publication > 1),
    ];
    await this.releaser.enterStream(fresh, true);
    await this.publisher.publish(republished, true);
    await this.announcer.queued(fresh);
  }

  private async refill(): Promise<void> {
    const stream = subjects.stream('EXECUTIONS');
    const created = await this.streamCreated(stream);
    const known = await this.streamsSeen.created(stream);
    if (known === created) return;
    if (known !== undefined) {
      logger.warn({ stream }, 'the stream was made anew, publishing everything that has not ended');
      let group: ExecutionRecord[] = [];
      for await (const record of this.executions.walkPublished()) {
        group.push(record);
        if (group.length < BATCH) continue;
        await this.publisher.publish(group, true);
        group = [];
      }
      await this.publisher.publish(group, true);
      if (this.publisher.unconfirmedIds().length > 0) return;
    }
    await this.streamsSeen.remember(stream, created);
  }

  private async streamCreated(stream: string): Promise<string> {
    const manager = await jetstreamManager(this.connection, { checkAPI: false });
    try {
      return (await manager.streams.info(stream)).created;
    } catch (error) {
      if (!isMissing(error)) throw error;
      await applyStreams(this.connection);
      return (await manager.streams.info(stream)).created;
    }
  }

  private async releaseDue(): Promise<void> {
    const due = await this.executions.due(new Date(), BATCH);
    if (due.length > 0) await this.releaser.releaseDue(due);
  }

  private async releaseTurns(): Promise<void> {
    await this.releaser.release(await this.executions.overdueTurns(new Date(Date.now() - TURN_OVERDUE_MS), BATCH));
  }

  private async releaseBulk(): Promise<void> {
    for (const accountId of await this.executions.accountsWithHeldBulk()) await this.releaser.releaseBulk(accountId);
  }

  private async expire(): Promise<void> {
    for await (const record of this.executions.walkOlderThan(new Date(Date.now() - LONGEST_WAIT_MS))) {
      await this.ending.expire(record);
    }
  }
}
