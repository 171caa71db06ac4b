import { describe, expect, it } from '@jest/globals';
import { events } from '#contracts';
import { endingOf } from './execution-ending.js';

const event = (
  type: string,
  data: object = { execution_id: 'exec:1', account_id: 'account:1', output: { a: 1 } },
): unknown => {
  return {
    specversion: '1.0',
    id: 'evt_1',
    source: '/mfh/helper-runner',
    type,
    time: '2026-11-21T10:00:00.000Z',
    data,
  };
};

describe('Endings', () => {
  it.each([
    [events.executionCompleted, 'booked'],
    [events.executionFailed, 'released'],
    [events.executionCancelled, 'released'],
  ] as const)('reads %p as %s', ({ type }, outcome) => {
    const at = new Date('2026-11-21T10:00:00.000Z');
    expect(endingOf(event(type))).toEqual({ executionId: 'exec:1', accountId: 'account:1', outcome, at });
  });

  it('leaves other facts out and refuses what is no event', () => {
    expect(endingOf(event(events.executionStarted.type))).toBeUndefined();
    expect(() => endingOf(event(events.executionCompleted.type, { execution_id: 'exec:1' }))).toThrow();
    expect(() => endingOf('text')).toThrow();
  });
});
