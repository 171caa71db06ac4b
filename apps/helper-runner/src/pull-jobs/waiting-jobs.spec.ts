import { describe, expect, it } from '@jest/globals';
import type { ExecutionJob, Lane } from '#contracts';
import type { DeliveredJob } from './delivered-job.js';
import { WaitingJobs } from './waiting-jobs.js';

const bounds = { concurrency: 8, perAccount: 4, perConnection: 2 };
let made = 0;

const job = (accountId: string, lane: Lane = 'live', connectionId = `connection:${(made += 1)}`): DeliveredJob =>
  ({
    job: { execution_id: `exec:${(made += 1)}`, account_id: accountId, connection_id: connectionId } as ExecutionJob,
    lane,
  }) as DeliveredJob;

const takeAll = (waiting: WaitingJobs): DeliveredJob[] => {
  const taken: DeliveredJob[] = [];
  for (let next = waiting.take(); next !== undefined; next = waiting.take()) taken.push(next);
  return taken;
};

describe('jobs waiting for a place', () => {
  it('lets accounts take turns', () => {
    const waiting = new WaitingJobs(bounds);
    for (const account of ['a', 'a', 'a', 'b', 'c']) waiting.add(job(account));
    expect(takeAll(waiting).map((taken) => taken.job.account_id)).toEqual(['a', 'b', 'c', 'a', 'a']);
  });

  it('gives no account more than its places, and refuses what would only wait', () => {
    const waiting = new WaitingJobs(bounds);
    expect([1, 2, 3, 4, 5].map(() => waiting.add(job('a')))).toEqual([true, true, true, true, false]);
    const running = takeAll(waiting);
    for (let more = 0; more < 4; more += 1) waiting.add(job('a'));
    expect(waiting.take()).toBeUndefined();
    waiting.add(job('b'));
    expect(waiting.take()?.job.account_id).toBe('b');
    expect(running).toHaveLength(4);
  });

  it('bounds a connection and goes on with the others of its account', () => {
    const waiting = new WaitingJobs(bounds);
    for (let more = 0; more < 3; more += 1) waiting.add(job('a', 'live', 'connection:slow'));
    waiting.add(job('a', 'live', 'connection:other'));
    expect(takeAll(waiting).map((taken) => taken.job.connection_id)).toEqual([
      'connection:slow',
      'connection:slow',
      'connection:other',
    ]);
  });

  it('prefers live and leaves bulk every fourth place', () => {
    const waiting = new WaitingJobs({ concurrency: 8, perAccount: 8, perConnection: 8 });
    for (let more = 0; more < 8; more += 1) {
      waiting.add(job('live', 'live'));
      waiting.add(job('bulk', 'bulk'));
    }
    const lanes = takeAll(waiting).map((taken) => taken.lane);
    expect(lanes.filter((lane) => lane === 'bulk')).toHaveLength(2);
    expect(lanes[3]).toBe('bulk');
  });

  it('counts places free again and hands everything back that has not begun', () => {
    const waiting = new WaitingJobs({ ...bounds, concurrency: 1 });
    waiting.add(job('a'));
    waiting.add(job('b'));
    const first = waiting.take();
    expect(waiting.take()).toBeUndefined();
    if (first !== undefined) waiting.done(first);
    expect(waiting.drain().map((left) => left.job.account_id)).toEqual(['b']);
    expect(waiting.size).toBe(0);
  });
});
