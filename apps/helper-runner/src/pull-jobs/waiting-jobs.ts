import type { Lane } from '#contracts';
import type { DeliveredJob } from './delivered-job.js';

export interface Bounds {
  concurrency: number;
  perAccount: number;
  perConnection: number;
}

/** Of four places that become free while both lanes wait, one goes to bulk. */
const BULK_EVERY = 4;

const connectionOf = ({ job }: DeliveredJob): string => job.connection_id ?? job.account_id;

/**
 * Jobs that this process has pulled and not begun. Accounts take turns, live jobs go first but always leave bulk a
 * share, and no account or connection gets more than its part of the places.
 */
export class WaitingJobs {
  private readonly queues: Record<Lane, Map<string, DeliveredJob[]>> = { live: new Map(), bulk: new Map() };
  private readonly runningByAccount = new Map<string, number>();
  private readonly runningByConnection = new Map<string, number>();
  private running = 0;
  private picks = 0;
  private waiting = 0;

  constructor(private readonly bounds: Bounds) {}

  get size(): number {
    return this.waiting;
  }

  get busy(): number {
    return this.running;
  }

  /** @returns false when the account has enough jobs here; the job is then to be handed back */
  add(job: DeliveredJob): boolean {
    const queues = this.queues[job.lane];
    const queue = queues.get(job.job.account_id) ?? [];
    if (queue.length >= this.bounds.perAccount) return false;
    queue.push(job);
    queues.set(job.job.account_id, queue);
    this.waiting += 1;
    return true;
  }

  /** The next job that may begin, or undefined when none may now. Call `done` when it has ended. */
  take(): DeliveredJob | undefined {
    if (this.running >= this.bounds.concurrency) return undefined;
    const first: Lane = this.picks % BULK_EVERY === BULK_EVERY - 1 ? 'bulk' : 'live';
    const job = this.takeFrom(first) ?? this.takeFrom(first === 'live' ? 'bulk' : 'live');
    if (job === undefined) return undefined;
    this.picks += 1;
    this.waiting -= 1;
    this.count(job, 1);
    return job;
  }

  done(job: DeliveredJob): void {
    this.count(job, -1);
  }

  /** Removes and answers everything that has not begun. */
  drain(): DeliveredJob[] {
    const all = [...this.queues.live.values(), ...this.queues.bulk.values()].flat();
    this.queues.live.clear();
    this.queues.bulk.clear();
    this.waiting = 0;
    return all;
  }

  /** Every waiting job, for the sign of life that keeps it from being given to others. */
  all(): DeliveredJob[] {
    return [...this.queues.live.values(), ...this.queues.bulk.values()].flat();
  }

  private takeFrom(lane: Lane): DeliveredJob | undefined {
    const queues = this.queues[lane];
    for (const [accountId, queue] of queues) {
      if ((this.runningByAccount.get(accountId) ?? 0) >= this.bounds.perAccount) continue;
      const index = queue.findIndex(
        (job) => (this.runningByConnection.get(connectionOf(job)) ?? 0) < this.bounds.perConnection,
      );
      if (index < 0) continue;
      const [job] = queue.splice(index, 1);
      // To the end of the row: the next place goes to another account.
      queues.delete(accountId);
      if (queue.length > 0) queues.set(accountId, queue);
      return job;
    }
    return undefined;
  }

  private count(job: DeliveredJob, by: 1 | -1): void {
    this.running += by;
    for (const [counts, key] of [
      [this.runningByAccount, job.job.account_id],
      [this.runningByConnection, connectionOf(job)],
    ] as const) {
      const next = (counts.get(key) ?? 0) + by;
      if (next === 0) counts.delete(key);
      else counts.set(key, next);
    }
  }
}
