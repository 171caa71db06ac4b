import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { engagementConfig } from './email-engagement.config.js';
import { engagementOf } from './engagement-score.js';

const now = new Date('2026-03-10T15:30:00Z');
const ago = (days: number) => DateTime.fromJSDate(now, { zone: 'UTC' }).minus({ days });
const score = (opens: number, clicks: number, days: number | null, options: object = {}) =>
  engagementOf(
    engagementConfig.parse(options),
    { opens, clicks, last: days === null ? null : ago(days), reactions: null },
    now,
  );

test.each([
  [10, 0, null, 10],
  [10, 0, 0, 10],
  [10, 0, -3, 10],
  [10, 0, 45, 7],
  [10, 0, 90, 5],
  [10, 0, 4000, 5],
  [1, 2, 0, 7],
  [0, 0, 5, 0],
])('%p opens and %p clicks, the last one %p days ago, make %p', (opens, clicks, days, expected) => {
  expect(score(opens, clicks, days).score).toBe(expected);
});

test('decimal weights add up exactly', () => {
  expect(score(3, 0, 0, { engagement_weights: { opens: 0.1 }, time_decay_days: 10 }).score).toBe(0);
  expect(score(10, 0, 0, { engagement_weights: { opens: 0.1 } }).score).toBe(1);
});

test('an old engagement is none, whatever the score; segments do not look at time', () => {
  expect(score(40, 0, 31)).toMatchObject({ level: 'disengaged', segment: 'hot' });
  expect(score(40, 0, 29)).toMatchObject({ level: 'highly_engaged' });
  expect(score(40, 0, null)).toMatchObject({ level: 'disengaged' });
});

test('spans of no days are the defaults', () => {
  expect(score(10, 0, 45, { time_decay_days: 0, lookback_days: -5 })).toEqual(score(10, 0, 45));
});

test('a trend needs a date and a score', () => {
  const on = { trend_analysis: { enabled: true } };
  expect(
    [score(9, 0, 3, on), score(9, 0, 33, on), score(0, 0, 3, on), score(9, 0, null, on)].map(({ trend }) => trend),
  ).toEqual(['increasing', 'decreasing', 'stable', 'stable']);
});

describe('reactions that are known one by one', () => {
  const of = (reactions: [kind: 'opens' | 'clicks', days: number][], options: object = {}) => {
    const known = reactions.map(([kind, days]) => ({ kind, at: ago(days) }));
    const data = { opens: 99, clicks: 99, last: known[0]?.at ?? null, reactions: known };
    return engagementOf(engagementConfig.parse(options), data, now);
  };

  test('count by their own age, and only within the lookback', () => {
    expect(
      of([
        ['opens', 0],
        ['clicks', 0],
        ['clicks', 40],
      ]).score,
    ).toBe(4);
    const options = { lookback_days: 90, time_decay_days: 40 };
    expect(
      of(
        [
          ['clicks', 20],
          ['clicks', 80],
        ],
        options,
      ).score,
    ).toBe(3);
    expect(of([]).score).toBe(0);
  });

  test.each([
    [
      [
        ['opens', 1],
        ['opens', 2],
        ['opens', 11],
      ],
      'increasing',
    ],
    [
      [
        ['opens', 1],
        ['clicks', 11],
      ],
      'decreasing',
    ],
    [
      [
        ['opens', 1],
        ['opens', 11],
      ],
      'stable',
    ],
    [
      [
        ['opens', 1],
        ['clicks', 25],
      ],
      'increasing',
    ],
    [[], 'stable'],
  ] as [['opens' | 'clicks', number][], string][])('of %j the trend is %s', (reactions, trend) => {
    const options = { lookback_days: 60, trend_analysis: { enabled: true, comparison_days: 10 } };
    expect(of(reactions, options).trend).toBe(trend);
  });
});
