import { expect, it } from '@jest/globals';
import { rateLimits } from '../platform-manifest.js';
import { available, bucketsOf, fullState, readyAt, refilled, taken } from './token-buckets.js';

const START = 1_000_000;

it('has one bucket for each limited window', () => {
  expect(bucketsOf(rateLimits(0, 0, 0, 20), 100)).toEqual([]);
  expect(bucketsOf(rateLimits(10, 100, 1000, 20), 100)).toHaveLength(3);
});

it.each([
  ['Keap', rateLimits(10, 0, 0, 25)],
  ['Ontraport', rateLimits(2, 120, 0, 5)],
  ['HubSpot', rateLimits(10, 0, 36_000, 15)],
  ['Google Sheets', rateLimits(10, 60, 0, 20)],
  ['one a minute', rateLimits(0, 1, 0, 0)],
])('never gives %s more than a window allows, taking as fast as it can', (_name, limits) => {
  const buckets = bucketsOf(limits, 100);
  let state = fullState(buckets, START);
  const times: number[] = [];
  for (let now = START; now < START + 150_000; now += 20) {
    state = refilled(buckets, state, now);
    const count = available(state, 1_000, now);
    state = taken(state, count);
    for (let call = 0; call < count; call += 1) times.push(now);
  }
  const most = (windowMs: number) => {
    let from = 0;
    return Math.max(
      ...times.map((at, index) => {
        while ((times[from] ?? at) <= at - windowMs) from += 1;
        return index - from + 1;
      }),
    );
  };
  if (limits.requests_per_second > 0) {
    expect(most(1_000)).toBeLessThanOrEqual(limits.burst_limit + limits.requests_per_second);
    expect(most(10_000)).toBeLessThanOrEqual(limits.burst_limit + limits.requests_per_second * 10);
  }
  if (limits.requests_per_minute > 0) expect(most(60_000)).toBeLessThanOrEqual(limits.requests_per_minute);
});

it('gives most of what a minute allows', () => {
  const buckets = bucketsOf(rateLimits(0, 600, 0, 0), 100);
  let state = fullState(buckets, START);
  let given = 0;
  for (let now = START; now < START + 300_000; now += 100) {
    state = refilled(buckets, state, now);
    const count = available(state, 1_000, now);
    state = taken(state, count);
    given += count;
  }
  expect(given).toBeGreaterThan(600 * 5 * 0.88);
});

it('says when a call will be there', () => {
  const buckets = bucketsOf(rateLimits(10, 0, 0, 10), 0);
  const empty = taken(fullState(buckets, START), 10);
  expect(readyAt(buckets, empty, 1, START)).toBe(START + 100);
  expect(available(refilled(buckets, empty, START + 99), 1, START + 99)).toBe(0);
  expect(available(refilled(buckets, empty, START + 100), 1, START + 100)).toBe(1);
});

it('gives nothing during a pause', () => {
  const buckets = bucketsOf(rateLimits(10, 0, 0, 10), 0);
  const paused = { ...fullState(buckets, START), pausedUntil: START + 5_000 };
  expect(available(paused, 5, START + 4_999)).toBe(0);
  expect(available(paused, 5, START + 5_000)).toBe(5);
  expect(readyAt(buckets, paused, 1, START)).toBe(START + 5_000);
});

it('adds nothing for a clock that runs behind', () => {
  const buckets = bucketsOf(rateLimits(10, 0, 0, 10), 0);
  const ahead = taken(fullState(buckets, START + 500), 10);
  const behind = refilled(buckets, ahead, START);
  expect(behind).toEqual(ahead);
});
