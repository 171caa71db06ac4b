import { Injectable } from '@nestjs/common';
import { logger } from '#telemetry';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { Instance } from '../domain/instance.js';
import { nextInTurn, type InTurn } from '../domain/next-in-turn.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { HelpersSettings } from '../settings.js';
import { JobPublisher } from './job-publisher.js';

/** Rounds in which a call looks again at contacts where another process interfered. */
const MAX_ROUNDS = 5;

/**
 * Decides which durable executions enter the stream. Per contact at most one is in the stream or with a runner, so
 * executions of a contact never overlap and keep their order, whatever types and runners they are on.
 *
 * It needs no lock: a record is written first and the contact's other open records are read afterwards. Of two
 * processes that do this at once at least one sees the other and yields; who is held is released by whoever ends.
 */
@Injectable()
export class Releaser {
  /** Accounts known to hold bulk jobs back; the sweeper finds those that other processes held back. */
  private readonly withHeldBulk = new Set<string>();
  private readonly bulkWaiting = new Set<string>();
  private bulkRelease: Promise<void> | undefined;

  constructor(
    private readonly instance: Instance,
    private readonly executions: ExecutionsRepository,
    private readonly publisher: JobPublisher,
    private readonly settings: HelpersSettings,
  ) {}

  /**
   * For records that have just been inserted or adopted, open and not held. It does not fail: what cannot be decided
   * now is left to the sweeper, because the records are durable already.
   * @param republished an earlier publication may be in the stream
   */
  async enterStream(records: readonly ExecutionRecord[], republished = false): Promise<void> {
    const candidates = records.filter((record) => !record.held);
    try {
      await this.enter(candidates, republished);
    } catch (error) {
      this.publisher.doubt(candidates.map((record) => record._id));
      logger.warn({ err: error, executions: candidates.length }, 'jobs not released, the sweeper will');
    }
  }

  private async enter(candidates: readonly ExecutionRecord[], republished: boolean): Promise<void> {
    const contended = await this.contended(candidates);
    const overfull = await this.overfull(candidates.filter((record) => !contended.has(record)));
    const free = candidates.filter((record) => !contended.has(record) && !overfull.has(record));
    await Promise.all([
      this.holdBack([...contended], 'turn'),
      this.holdBack([...overfull], 'bulk'),
      this.publisher.publish(free, republished),
    ]);
    if (contended.size > 0) await this.release([...contended].flatMap((record) => record.turn_key ?? []));
  }

  /** Releases whoever has the turn at these contacts. */
  async release(turnKeys: readonly string[]): Promise<void> {
    let keys = [...new Set(turnKeys)];
    for (let round = 0; round < MAX_ROUNDS && keys.length > 0; round += 1) keys = await this.releaseRound(keys);
  }

  /** Says that jobs of these accounts left the stream; what they hold back follows, soon and once for many. */
  roomInBulk(accountIds: readonly string[]): void {
    for (const accountId of accountIds) if (this.withHeldBulk.has(accountId)) this.bulkWaiting.add(accountId);
    if (this.bulkRelease === undefined && this.bulkWaiting.size > 0) {
      this.bulkRelease = this.releaseWaitingBulk()
        .catch((error: unknown) => logger.warn({ err: error }, 'bulk jobs not released, the sweeper will'))
        .finally(() => {
          this.bulkRelease = undefined;
          this.roomInBulk([]);
        });
    }
  }

  private async releaseWaitingBulk(): Promise<void> {
    const accountIds = [...this.bulkWaiting];
    this.bulkWaiting.clear();
    for (const accountId of accountIds) await this.releaseBulk(accountId);
  }

  /** Releases held bulk jobs of an account while it has room in the stream. */
  async releaseBulk(accountId: string): Promise<void> {
    const room = await this.bulkRoom(accountId);
    if (room <= 0) return;
    const held = await this.executions.heldBulk(accountId, room);
    if (held.length > 0) this.withHeldBulk.add(accountId);
    else this.withHeldBulk.delete(accountId);
    const withTurn = held.flatMap((execution) => execution.turn_key ?? []);
    const withoutTurn = held.filter((execution) => execution.turn_key === undefined);
    await this.publisher.publish((await this.take(withoutTurn)).taken);
    await this.release(withTurn);
  }

  /** Releases records that waited for a time which has come. */
  async releaseDue(records: readonly Pick<ExecutionRecord, '_id' | 'turn_key'>[]): Promise<void> {
    const withoutTurn = records.filter((record) => record.turn_key === undefined);
    await this.publisher.publish((await this.take(withoutTurn)).taken);
    await this.release(records.flatMap((record) => record.turn_key ?? []));
  }

  private async contended(records: readonly ExecutionRecord[]): Promise<Set<ExecutionRecord>> {
    const keys = [...new Set(records.flatMap((record) => record.turn_key ?? []))];
    if (keys.length === 0) return new Set();
    const open = Map.groupBy(await this.executions.openInTurn(keys), (execution) => execution.turn_key);
    return new Set(
      records.filter((record) => record.turn_key !== undefined && (open.get(record.turn_key)?.length ?? 0) > 1),
    );
  }

  private async overfull(records: readonly ExecutionRecord[]): Promise<Set<ExecutionRecord>> {
    const overfull = new Set<ExecutionRecord>();
    const bulk = Map.groupBy(
      records.filter((record) => record.lane === 'bulk'),
      (record) => record.account_id,
    );
    for (const [accountId, own] of bulk) {
      // The records themselves are counted already: they are open and not held.
      const excess = -(await this.bulkRoom(accountId, own.length));
      for (const record of own.slice(Math.max(0, own.length - excess))) overfull.add(record);
      if (excess > 0) this.withHeldBulk.add(accountId);
    }
    return overfull;
  }

  private async bulkRoom(accountId: string, beyond = 0): Promise<number> {
    const limit = this.settings.bulkInStream;
    return limit - (await this.executions.countInStream(accountId, 'bulk', limit + beyond));
  }

  private async holdBack(records: readonly ExecutionRecord[], reason: 'turn' | 'bulk'): Promise<void> {
    if (records.length > 0)
      await this.executions.hold(
        records.map((record) => record._id),
        reason,
      );
  }

  /** @returns contacts at which another process interfered */
  private async releaseRound(keys: readonly string[]): Promise<string[]> {
    const picks = await this.picks(keys);
    if (picks.length === 0) return [];
    const { taken, clashes } = await this.take(picks);
    await this.yieldTurn(clashes);
    await this.publisher.publish(taken.filter((record) => !clashes.includes(record)));
    return clashes.flatMap((record) => record.turn_key ?? []);
  }

  /**
   * Takes held records; should that fail half-way, the sweeper finds what was taken.
   * @returns what was taken, and the part of it whose contact somebody else turned out to serve
   */
  private async take(
    records: readonly Pick<ExecutionRecord, '_id' | 'turn_key'>[],
  ): Promise<{ taken: ExecutionRecord[]; clashes: ExecutionRecord[] }> {
    const ids = records.map((record) => record._id);
    const turnKeys = records.flatMap((record) => record.turn_key ?? []);
    try {
      const { taken, others } = await this.executions.take(ids, this.instance.id, turnKeys);
      const served = new Set(others.map((record) => record.turn_key));
      return { taken, clashes: taken.filter((record) => served.has(record.turn_key)) };
    } catch (error) {
      this.publisher.doubt(ids);
      throw error;
    }
  }

  /** Gives back what another process took for the same contact. */
  private async yieldTurn(clashes: readonly ExecutionRecord[]): Promise<void> {
    if (clashes.length === 0) return;
    try {
      await this.executions.giveBack(clashes.map((record) => record._id));
    } catch (error) {
      this.publisher.doubt(clashes.map((record) => record._id));
      throw error;
    }
  }

  private async picks(keys: readonly string[]): Promise<InTurn[]> {
    const open = Map.groupBy(await this.executions.openInTurn(keys), (execution) => execution.turn_key);
    const accounts = [...open.values()].flat().filter((execution) => execution.hold === 'bulk');
    const room = new Map<string, number>();
    for (const accountId of new Set(accounts.map((execution) => execution.account_id))) {
      room.set(accountId, await this.bulkRoom(accountId));
    }
    const now = new Date();
    return [...open.values()].flatMap((ofContact) => {
      const next = nextInTurn(ofContact, now, (accountId) => (room.get(accountId) ?? 0) > 0);
      if (next?.hold === 'bulk') room.set(next.account_id, (room.get(next.account_id) ?? 0) - 1);
      return next ?? [];
    });
  }
}
