import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database, TenantRepository, type BulkWrite, type InsertOutcome } from '#persistence';
import type { AccountScope, Lane, WaitReason } from '#contracts';
import type { ExecutionRecord } from '../domain/execution-record.js';
import type { InTurn } from '../domain/next-in-turn.js';
import { executionsCollection } from './executions.collection.js';

const TURN_FIELDS = [
  '_id',
  'account_id',
  'helper_type',
  'turn_key',
  'held',
  'hold',
  'lane',
  'not_before',
  'waiting',
] as const;

/** Why an execution waits that has been with a runner before. */
const BEGUN_AND_WAITING: WaitReason[] = ['retry', 'rate_limit', 'circuit_open', 'connection'];

/** Executions of one account for routes; the release path, which serves all accounts, uses the methods below. */
@Injectable()
export class ExecutionsRepository extends TenantRepository<ExecutionRecord> {
  constructor(database: Database) {
    super(database, executionsCollection);
  }

  /** Inserts accepted executions of any accounts in one command; refused positions repeat an idempotency key. */
  insertAccepted(records: readonly ExecutionRecord[]): Promise<InsertOutcome> {
    return this.system('acceptance groups the executions of all accounts').insertMany(records);
  }

  /** Open executions of these contacts, reduced to what decides the turn. */
  openInTurn(turnKeys: readonly string[]): Promise<InTurn[]> {
    return this.system('a turn key names its account').find(
      { turn_key: { $in: [...turnKeys] }, open: true },
      { fields: TURN_FIELDS },
    );
  }

  /** Marks records as not in the stream. */
  async hold(executionIds: readonly string[], hold: 'turn' | 'bulk'): Promise<void> {
    await this.system('holding back what was just accepted').updateMany(
      { _id: { $in: [...executionIds] }, open: true },
      { $set: { held: true, hold } },
    );
  }

  /**
   * Takes held records for publication: compare-and-set, so two processes never take one record.
   * @param turnKeys of these records; none when they have none
   * @returns the records that this call took, and others of the same contacts that are in the stream all the same
   */
  async take(
    executionIds: readonly string[],
    acceptedBy: string,
    turnKeys: readonly string[] = [],
  ): Promise<{ taken: ExecutionRecord[]; others: ExecutionRecord[] }> {
    const release = randomUUID();
    const handle = this.system('release of held executions');
    const taken = await handle.updateMany(
      { _id: { $in: [...executionIds] }, open: true, held: true },
      {
        $set: { held: false, accepted_by: acceptedBy, release },
        $unset: { hold: 1, not_before: 1, waiting: 1 },
        $inc: { publication: 1, version: 1 },
      },
    );
    if (taken.modified === 0) return { taken: [], others: [] };
    const inStream = await handle.find(
      turnKeys.length === 0
        ? { _id: { $in: [...executionIds] }, release }
        : { turn_key: { $in: [...turnKeys] }, open: true, held: false },
    );
    return {
      taken: inStream.filter((record) => record.release === release),
      others: inStream.filter((record) => record.release !== release),
    };
  }

  /** Gives taken records back because somebody else turned out to have the turn. */
  async giveBack(executionIds: readonly string[]): Promise<void> {
    await this.system('a turn taken twice is given back').updateMany(
      { _id: { $in: [...executionIds] }, open: true },
      { $set: { held: true, hold: 'turn' } },
    );
  }

  /** Open records, not held, for whose publication one of `owners` answers. */
  ownedBy(owners: readonly string[], limit: number): Promise<ExecutionRecord[]> {
    return this.system('adoption from a dead process').find(
      { accepted_by: { $in: [...owners] }, open: true, held: false },
      { limit },
    );
  }

  async adopt(executionIds: readonly string[], from: readonly string[], by: string): Promise<ExecutionRecord[]> {
    const release = randomUUID();
    const handle = this.system('adoption from a dead process');
    await handle.updateMany(
      { _id: { $in: [...executionIds] }, accepted_by: { $in: [...from] }, open: true },
      { $set: { accepted_by: by, release } },
    );
    return handle.find({ _id: { $in: [...executionIds] }, release });
  }

  /** Processes that answer for open executions. */
  async owners(): Promise<string[]> {
    const rows = await this.system('looking for executions of dead processes').aggregate<{ _id: string }>([
      { $match: { open: true, accepted_by: { $gt: '' } } },
      { $group: { _id: '$accepted_by' } },
    ]);
    return rows.map((row) => row._id);
  }

  /** Held records that are due, or that nobody released for a while although nothing keeps them. */
  due(now: Date, limit: number): Promise<ExecutionRecord[]> {
    return this.system('safety net of schedules').find(
      { held: true, not_before: { $lte: now } },
      { sort: { not_before: 1 }, limit },
    );
  }

  /** Turn keys of records held for their turn since before `since`. */
  async overdueTurns(since: Date, limit: number): Promise<string[]> {
    const rows = await this.system('safety net of turns').find(
      { open: true, turn_key: { $gt: '' }, held: true, hold: 'turn', created_at: { $lt: since } },
      { limit, fields: ['turn_key'] },
    );
    return [...new Set(rows.flatMap((row) => row.turn_key ?? []))];
  }

  byIds(executionIds: readonly string[]): Promise<ExecutionRecord[]> {
    return this.system('jobs, events and questions name executions').find({ _id: { $in: [...executionIds] } });
  }

  /** Executions of a connection that wait for it to be reconnected are due now. */
  async dueAgain(accountId: string, connectionId: string, now: Date): Promise<void> {
    await this.system('a reconnected connection names its account').updateMany(
      {
        account_id: accountId,
        status: { $in: ['pending', 'running'] },
        connection_id: connectionId,
        held: true,
        'waiting.reason': 'connection',
      },
      { $set: { not_before: now } },
    );
  }

  /** Open executions of an account that are in the stream or with a runner. */
  inStreamOf(accountId: string, limit: number): Promise<ExecutionRecord[]> {
    return this.system('a closed account is named by its event').find(
      { account_id: accountId, status: { $in: ['pending', 'running'] }, open: true, held: false },
      { limit },
    );
  }

  /** Holds executions of an account that is being deleted until it is erased. */
  async rest(executionIds: readonly string[], until: Date): Promise<void> {
    await this.system('executions rest with their account').updateMany(
      { _id: { $in: [...executionIds] }, open: true },
      {
        $set: { held: true, hold: 'wait', not_before: until, waiting: { reason: 'account_closing', until } },
        $inc: { version: 1 },
      },
    );
  }

  /** What rested with an account is due now. */
  async restedGoOn(accountId: string, now: Date): Promise<void> {
    await this.system('a restored account is named by its event').updateMany(
      {
        account_id: accountId,
        status: { $in: ['pending', 'running'] },
        held: true,
        'waiting.reason': 'account_closing',
        not_before: { $gt: now },
      },
      { $set: { not_before: now } },
    );
  }

  /** Open executions that are meant to be in the stream, oldest first, for refilling an emptied broker. */
  walkPublished(): AsyncGenerator<ExecutionRecord> {
    return this.system('refilling an emptied broker').walk({ open: true, held: false, accepted_by: { $gt: '' } });
  }

  walkOlderThan(time: Date): AsyncGenerator<ExecutionRecord> {
    return this.system('ending what waited too long').walk({
      open: true,
      accepted_by: { $gt: '' },
      created_at: { $lt: time },
    });
  }

  /** How many jobs of an account wait, counted no further than `atMost`. */
  async countWaiting(accountId: string, helperType: string, atMost: number): Promise<number> {
    const rows = await this.system('choice of the lane').find(
      { account_id: accountId, status: 'pending', helper_type: helperType },
      { limit: atMost, fields: ['_id'] },
    );
    return rows.length;
  }

  /** How many jobs of an account are in a lane of the stream, counted no further than `atMost`. */
  async countInStream(accountId: string, lane: Lane, atMost: number): Promise<number> {
    const rows = await this.system('bound of the bulk lane').find(
      { account_id: accountId, open: true, lane, held: false },
      { limit: atMost, fields: ['_id'] },
    );
    return rows.length;
  }

  /** Held bulk jobs of an account, oldest first. */
  heldBulk(accountId: string, limit: number): Promise<InTurn[]> {
    return this.system('release of the bulk lane').find(
      { account_id: accountId, hold: 'bulk', open: true },
      { sort: { _id: 1 }, limit, fields: TURN_FIELDS },
    );
  }

  /** Accounts that have bulk jobs outside the stream. */
  async accountsWithHeldBulk(): Promise<string[]> {
    const rows = await this.system('release of the bulk lane').aggregate<{ _id: string }>([
      { $match: { hold: 'bulk', account_id: { $gt: '' } } },
      { $group: { _id: '$account_id' } },
    ]);
    return rows.map((row) => row._id);
  }

  /** Applies grouped changes in order. */
  async apply(changes: readonly BulkWrite<ExecutionRecord>[]): Promise<number> {
    if (changes.length === 0) return 0;
    return (await this.system('projection of execution events').bulkWrite(changes, { ordered: true })).modified;
  }

  /** Executions of a contact that may have changed it since then: what is open, and what a changed contact started. */
  async mayHaveChanged(turnKey: string, since: Date): Promise<ExecutionRecord[]> {
    const handle = this.system('a turn key names its account');
    const [open, started] = await Promise.all([
      handle.find({
        turn_key: turnKey,
        open: true,
        $or: [{ held: false }, { 'waiting.reason': { $in: BEGUN_AND_WAITING } }],
      }),
      handle.find({ turn_key: turnKey, lineage: { $exists: true }, created_at: { $gte: since } }),
    ]);
    return [...new Map([...open, ...started].map((record) => [record._id, record])).values()];
  }

  /** The newest executions of a helper. */
  latestOfHelper(accountId: string, helperId: string, limit: number): Promise<ExecutionRecord[]> {
    return this.system('a change names its account').find(
      { account_id: accountId, helper_id: helperId },
      { sort: { _id: -1 }, limit },
    );
  }

  byIdempotencyKey(accountId: string, helperId: string, key: string): Promise<ExecutionRecord | null> {
    return this.system('acceptance looks before it inserts').findOne({
      account_id: accountId,
      helper_id: helperId,
      idempotency_key: key,
    });
  }

  async dropIdempotencyKey(executionId: string): Promise<void> {
    await this.system('an idempotency key counts for a day').updateOne(
      { _id: executionId },
      { $unset: { idempotency_key: 1, idempotency_hash: 1 } },
    );
  }

  /** Compare-and-set of an end that is decided here and not by a runner. @returns the record if it was changed */
  end(
    executionId: string,
    from: ExecutionRecord['status'][],
    change: Partial<ExecutionRecord>,
    entry: ExecutionRecord['events'][number],
  ) {
    return this.system('cancellation, expiry').findOneAndUpdate(
      { _id: executionId, status: { $in: from } },
      {
        $set: change,
        $unset: { open: 1, hold: 1, not_before: 1, waiting: 1 },
        $push: { events: entry },
        $inc: { version: 1 },
      },
    );
  }

  /** Adds a line to the timeline of an execution, whatever its state. */
  async note(scope: AccountScope, executionId: string, entry: ExecutionRecord['events'][number]): Promise<void> {
    await this.change(scope, executionId, { $push: { events: entry } });
  }
}
