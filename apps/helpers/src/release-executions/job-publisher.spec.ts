import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { JetStreamClient } from '@nats-io/jetstream';
import type { ExecutionRecord } from '../domain/execution-record.js';
import type { AccountGate } from '../closed-accounts/account-gate.js';
import { JobPublisher } from './job-publisher.js';

const everybodyOpen = {
  admit: (records: readonly ExecutionRecord[]) => Promise.resolve(records),
} as unknown as AccountGate;

const record = (id: string): ExecutionRecord =>
  ({
    _id: id,
    helper_type: 'note_it',
    lane: 'live',
    created_at: new Date(),
    publication: 1,
    traceparent: '00-1f-2e-00',
  }) as ExecutionRecord;

describe('jobs that may not be in the stream', () => {
  let stored = true;
  const client = {
    publish: () => (stored ? Promise.resolve({ seq: 1 }) : Promise.reject(new Error('away'))),
  } as unknown as JetStreamClient;
  beforeEach(() => {
    stored = true;
    jest.useFakeTimers({
      now: 0,
      doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout', 'performance'],
    });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('are listed until their publication is confirmed', async () => {
    const publisher = new JobPublisher(client, everybodyOpen);
    stored = false;
    expect(await publisher.publish([record('a')])).toEqual([]);
    expect(publisher.unconfirmedIds()).toEqual(['a']);
    stored = true;
    await publisher.publish([record('a')], true);
    expect(publisher.unconfirmedIds()).toEqual([]);
  });

  it('are looked at again for a minute when a write was not answered', async () => {
    const publisher = new JobPublisher(client, everybodyOpen);
    publisher.doubt(['late', 'never']);
    publisher.notNow('never');
    expect(publisher.unconfirmedIds()).toEqual(['late', 'never']);
    await publisher.publish([record('late')], true);
    expect(publisher.unconfirmedIds()).toEqual(['never']);
    jest.setSystemTime(61_000);
    publisher.notNow('never');
    expect(publisher.unconfirmedIds()).toEqual([]);
  });
});
