import type { OrderFacts } from './orders.js';
import type { RfmOptions, ScoreRange, SegmentTag, Thresholds } from './rfm-calculation.config.js';

export interface Scores {
  recency: number;
  frequency: number;
  monetary: number;
}

const LOWEST_STEP = 1;
const HIGHEST_STEP = 5;

/** Steps 1 to 5 spread over another range: 1, 3, 5, 7, 10 on 1 to 10. */
const onRange = (step: number, { min, max }: ScoreRange): number =>
  min + Math.trunc(((step - LOWEST_STEP) * (max - min)) / (HIGHEST_STEP - LOWEST_STEP));

/** The highest step whose threshold is reached. */
function byThresholds(range: ScoreRange, thresholds: Thresholds, reached: (threshold: number) => boolean): number {
  const highest = thresholds.findLastIndex((threshold) => reached(threshold));
  return onRange(highest + 1 + LOWEST_STEP, range);
}

/** Position between nothing and `full`, which stands for the best there is. */
function byPosition({ min, max }: ScoreRange, value: number, full: number): number {
  if (value <= 0) return min;
  if (value >= full) return max;
  return min + Math.trunc((value / full) * (max - min));
}

const YEAR = 365;
const MANY_ORDERS = 100;
const MUCH_SPENT = 10_000;

/** Scores the three figures; a last order nobody knows the date of has the lowest recency. */
export function score(options: RfmOptions, { daysSinceLast: days, orders, spend }: OrderFacts): Scores {
  const { score_range: range } = options;
  if (options.percentile_based_scoring) {
    return {
      recency: days === null ? range.min : byPosition(range, YEAR - days, YEAR),
      frequency: byPosition(range, orders, MANY_ORDERS),
      monetary: byPosition(range, spend, MUCH_SPENT),
    };
  }
  return {
    recency: days === null ? range.min : byThresholds(range, options.recency_calculation, (limit) => days <= limit),
    frequency: byThresholds(range, options.frequency_calculation, (limit) => orders >= limit),
    monetary: byThresholds(range, options.monetary_calculation, (limit) => spend >= limit),
  };
}

/** Three digits in one number; with a score of two digits that would be ambiguous, so that it becomes 10-5-7. */
export function compositeOf({ recency, frequency, monetary }: Scores): number | string {
  const scores = [recency, frequency, monetary];
  return scores.some((each) => each > 9) ? scores.join('-') : 100 * recency + 10 * frequency + monetary;
}

type Rule = (recency: number, frequency: number, monetary: number) => boolean;

const between = (value: number, low: number, high: number): boolean => value >= low && value <= high;

export interface Segment {
  label: string;
  tag: SegmentTag;
  holds: Rule;
}

/** In this order; the first that holds. */
export const SEGMENTS: readonly Segment[] = [
  { label: 'Champions', tag: 'champions_tag', holds: (r, f, m) => r === 5 && f === 5 && m === 5 },
  { label: 'Loyal', tag: 'loyal_tag', holds: (r, f, m) => r >= 4 && f >= 4 && m >= 4 },
  { label: 'Promising', tag: 'promising_tag', holds: (r, f, m) => between(r, 3, 4) && f <= 2 && m <= 2 },
  {
    label: 'At Risk',
    tag: 'at_risk_tag',
    holds: (r, f, m) => between(r, 2, 3) && between(f, 2, 3) && m >= 4,
  },
  { label: 'Hibernating', tag: 'hibernating_tag', holds: (r, f, m) => r <= 2 && f <= 2 && between(m, 2, 3) },
  { label: 'Lost', tag: 'lost_tag', holds: (r, f, m) => r === 1 && f === 1 && m <= 2 },
  {
    label: 'Need Attention',
    tag: 'need_attention_tag',
    holds: (r, f, m) => [r, f, m].every((each) => between(each, 2, 3)),
  },
];

/** @returns undefined for what no segment describes */
export function segmentOf({ recency, frequency, monetary }: Scores, { max }: ScoreRange): Segment | undefined {
  const toFive = (value: number): number => (max === 5 ? value : 1 + Math.trunc(((value - 1) * 4) / (max - 1)));
  return SEGMENTS.find(({ holds }) => holds(toFive(recency), toFive(frequency), toFive(monetary)));
}
