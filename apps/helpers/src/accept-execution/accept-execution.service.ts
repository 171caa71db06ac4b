import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { newId, Problem, unavailable } from '#contracts';
import { GroupedWriter, isDuplicateKey } from '#persistence';
import { failPoint } from '#messaging';
import { counter, histogram, SpanKind, withSpanInEach } from '#telemetry';
import { Instance } from '../domain/instance.js';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { IDEMPOTENCY_LIFETIME_MS } from '../persistence/executions.collection.js';
import { Announcer } from '../release-executions/announcer.js';
import { Schedules } from '../release-executions/schedules.js';
import { JobPublisher } from '../release-executions/job-publisher.js';
import { Releaser } from '../release-executions/releaser.js';
import { AccountGate, accountIsClosing } from '../closed-accounts/account-gate.js';
import { BurstLimit } from './burst-limit.js';
import type { AcceptedExecution, ExecutionRequest } from './execution-request.js';
import { LaneChooser } from './lane-chooser.js';
import { newRecord, requestHash, traceOfRequest, type TraceOfRequest } from './new-record.js';
import { UsageReservation } from './usage-reservation.js';

const accepted = counter({
  name: 'mfh.executions.accepted',
  description: 'Executions that are durable',
  unit: '{execution}',
});
const groupSize = histogram({
  name: 'mfh.acceptance.group_size',
  description: 'Executions accepted in one write',
  unit: '{execution}',
});

interface Candidate {
  request: ExecutionRequest;
  /** Aborted when the client has been told to ask again: what is not inserted by then must not be. */
  late: AbortSignal | undefined;
  trace: TraceOfRequest;
}

type Outcome = AcceptedExecution | Error;

/**
 * Makes executions durable: limits, one insert for all that arrived together, then the stream. When `accept` resolves
 * the record is in MongoDB with majority; whatever fails after that is repaired by the sweeper.
 */
@Injectable()
export class AcceptExecution implements BeforeApplicationShutdown {
  private readonly writer = new GroupedWriter<Candidate, AcceptedExecution>({
    flush: (group, answer) => this.flush(group, answer),
    onGroup: (size) => groupSize.record(size),
  });

  constructor(
    private readonly instance: Instance,
    private readonly executions: ExecutionsRepository,
    private readonly gate: AccountGate,
    private readonly lanes: LaneChooser,
    private readonly burst: BurstLimit,
    private readonly usage: UsageReservation,
    private readonly releaser: Releaser,
    private readonly publisher: JobPublisher,
    private readonly announcer: Announcer,
    private readonly schedules: Schedules,
  ) {}

  /**
   * @param late aborted when nobody waits for the answer any more
   * @throws Problem 403 (closed account), 429 (limits), 409 `request.idempotency_conflict`, 503 when it cannot be made durable now
   */
  async accept(request: ExecutionRequest, late?: AbortSignal): Promise<AcceptedExecution> {
    const earlier = await this.earlier(request);
    return earlier ?? this.writer.add({ request, late, trace: traceOfRequest() });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.writer.close();
  }

  /** The execution that an earlier request with the same key made; replays are answered before any limit. */
  private async earlier(request: ExecutionRequest): Promise<AcceptedExecution | undefined> {
    if (request.idempotencyKey === undefined) return undefined;
    const record = await this.executions.byIdempotencyKey(request.accountId, request.helper.id, request.idempotencyKey);
    if (record === null) return undefined;
    if (record.created_at.getTime() < Date.now() - IDEMPOTENCY_LIFETIME_MS) {
      await this.executions.dropIdempotencyKey(record._id);
      return undefined;
    }
    if (record.idempotency_hash !== requestHash(request)) {
      throw new Problem(
        409,
        'request.idempotency_conflict',
        'This Idempotency-Key was used with another request; use a new key for a new execution',
      );
    }
    return { record, replayed: true };
  }

  /**
   * Clients are answered as soon as the records are durable; what follows is repaired by the sweeper should it fail.
   */
  private async flush(group: readonly Candidate[], answer: (outcomes: Outcome[]) => void): Promise<Outcome[]> {
    const outcomes = new Map<Candidate, Outcome>();
    const open = await this.inOpenAccounts(inTime(group, outcomes), outcomes);
    const withinBurst = await this.withinBurst(open, outcomes);
    const records = await this.toRecords(withinBurst);
    const { reserved, recorded } = await this.withinQuota(records, outcomes);
    failPoint('accept.before-insert');
    const inserted = await this.insert(reserved, outcomes);
    failPoint('accept.after-insert');
    for (const record of inserted) accepted.add(1, { helper_type: record.helper_type });
    const decided = group.map(
      (candidate) => outcomes.get(candidate) ?? new Error('an execution was neither accepted nor refused'),
    );
    failPoint('accept.before-answer');
    answer(decided);
    await Promise.all([
      this.announcer.queued(inserted),
      this.releaser.enterStream(inserted),
      this.schedules.arm(inserted),
      recorded,
    ]);
    failPoint('accept.after-publish');
    return decided;
  }

  private async inOpenAccounts(
    group: readonly Candidate[],
    outcomes: Map<Candidate, Outcome>,
  ): Promise<readonly Candidate[]> {
    const refused = await this.gate.refused(group.map(({ request }) => request));
    if (refused.size === 0) return group;
    for (const candidate of group) if (refused.has(candidate.request)) outcomes.set(candidate, accountIsClosing());
    return group.filter(({ request }) => !refused.has(request));
  }

  private async withinBurst(group: readonly Candidate[], outcomes: Map<Candidate, Outcome>): Promise<Candidate[]> {
    const byHelper = Map.groupBy(group, (candidate) => candidate.request.helper.id);
    const admitted = await Promise.all(
      [...byHelper].map(async ([helperId, candidates]) => {
        const granted = await this.burst.take(helperId, candidates.length);
        for (const refused of candidates.slice(granted)) outcomes.set(refused, this.burst.refusal(undefined));
        return candidates.slice(0, granted);
      }),
    );
    return admitted.flat();
  }

  private async toRecords(candidates: readonly Candidate[]): Promise<Map<ExecutionRecord, Candidate>> {
    const lanes = await this.lanes.lanes(
      candidates.map(({ request }) => ({ accountId: request.accountId, helperType: request.helper.type })),
    );
    return new Map(
      candidates.map((candidate, index) => {
        const request = { executionId: newId('exec'), ...candidate.request };
        return [newRecord(request, lanes[index] ?? 'live', this.instance.id, candidate.trace), candidate];
      }),
    );
  }

  private async withinQuota(
    records: Map<ExecutionRecord, Candidate>,
    outcomes: Map<Candidate, Outcome>,
  ): Promise<{ reserved: Map<ExecutionRecord, Candidate>; recorded: Promise<unknown> }> {
    // What is only tried out is not metered.
    const metered = [...records.keys()].filter((record) => record.dry_run !== true);
    const byAccount = Map.groupBy(metered, (record) => record.account_id);
    const reserved = new Map([...records].filter(([record]) => record.dry_run === true));
    const recorded: Promise<void>[] = [];
    await Promise.all(
      [...byAccount].map(async ([accountId, ofAccount]) => {
        const ids = ofAccount.map((record) => record._id);
        const reservation = await this.usage.reserve(accountId, ids).catch(asError);
        if (!(reservation instanceof Error)) recorded.push(reservation.recorded);
        ofAccount.forEach((record, index) => {
          const candidate = records.get(record);
          if (candidate === undefined) return;
          const refusal = reservation instanceof Error ? reservation : reservation.refusals[index];
          if (refusal === undefined) reserved.set(record, candidate);
          else outcomes.set(candidate, refusal);
        });
      }),
    );
    return { reserved, recorded: Promise.all(recorded) };
  }

  private async insert(
    records: Map<ExecutionRecord, Candidate>,
    outcomes: Map<Candidate, Outcome>,
  ): Promise<ExecutionRecord[]> {
    const documents = [...records.keys()];
    if (documents.length === 0) return [];
    const { refused } = await withSpanInEach(
      'insert executions',
      documents.map((record) => record.traceparent),
      () => this.executions.insertAccepted(documents),
      { kind: SpanKind.CLIENT, attributes: { 'db.system': 'mongodb', 'db.operation.name': 'insert' } },
    ).catch((error: unknown) => {
      // The records may be stored although nobody said so: a client that asks again is then given one of them. What
      // is not stored costs nothing, because billing gives reservations back that lead to no execution.
      this.publisher.doubt(documents.map((record) => record._id));
      throw error;
    });
    const inserted: ExecutionRecord[] = [];
    const duplicates: ExecutionRecord[] = [];
    for (const [index, record] of documents.entries()) {
      const candidate = records.get(record);
      if (candidate === undefined) continue;
      const refusal = refused.get(index);
      if (refusal === undefined) {
        inserted.push(record);
        outcomes.set(candidate, { record, replayed: false });
      } else {
        duplicates.push(record);
        outcomes.set(candidate, isDuplicateKey(refusal) ? await this.madeMeanwhile(record, candidate) : refusal);
      }
    }
    await this.releaseAll(
      duplicates.filter((record) => record.idempotency_key !== undefined && record.dry_run !== true),
    );
    return inserted;
  }

  /** The other request with this key, or with this derived id, that was quicker. */
  private async madeMeanwhile(record: ExecutionRecord, { request }: Candidate): Promise<Outcome> {
    try {
      const byKey = await this.earlier(request);
      if (byKey !== undefined) return byKey;
      const [byId] = await this.executions.byIds([record._id]);
      if (byId !== undefined) return { record: byId, replayed: true };
      return new Problem(
        409,
        'request.idempotency_in_progress',
        'A request with this Idempotency-Key is being accepted; try again',
      );
    } catch (error) {
      return asError(error);
    }
  }

  private async releaseAll(records: readonly ExecutionRecord[]): Promise<void> {
    const byAccount = Map.groupBy(records, (record) => record.account_id);
    await Promise.all(
      [...byAccount].map(([accountId, own]) =>
        this.usage.release(
          accountId,
          own.map((record) => record._id),
        ),
      ),
    );
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Leaves out those whose clients were told to ask again while the group waited for its turn. */
function inTime(group: readonly Candidate[], outcomes: Map<Candidate, Outcome>): Candidate[] {
  const late = group.filter((candidate) => candidate.late?.aborted === true);
  for (const candidate of late) outcomes.set(candidate, unavailable('Acceptance of executions'));
  return group.filter((candidate) => candidate.late?.aborted !== true);
}
