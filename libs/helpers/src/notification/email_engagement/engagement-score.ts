import { Decimal } from 'decimal.js';
import { DateTime } from 'luxon';
import type { EngagementConfig } from './email-engagement.config.js';
import type { EngagementData, Reaction } from './engagement-data.js';

export type Level = 'highly_engaged' | 'engaged' | 'disengaged';
export type Segment = 'hot' | 'warm' | 'cold';
export type Trend = 'increasing' | 'decreasing' | 'stable';

/** How engaged a contact is. */
export interface Engagement {
  score: number;
  level: Level;
  segment: Segment;
  trend: Trend;
}

/** Full worth today, half of it at the end of the span and beyond. */
function decay(last: DateTime | null, now: DateTime, span: number): Decimal {
  const days = last === null ? 0 : Math.trunc(now.diff(last, 'days').days);
  if (days <= 0) return new Decimal(1);
  if (days >= span) return new Decimal(0.5);
  return new Decimal(1).minus(new Decimal(days).dividedBy(span).times(0.5));
}

function levelOf(score: number, isRecent: boolean, thresholds: EngagementConfig['thresholds']): Level {
  if (!isRecent) return 'disengaged';
  if (score >= thresholds.highly_engaged) return 'highly_engaged';
  return score >= thresholds.engaged ? 'engaged' : 'disengaged';
}

function segmentOf(score: number, segments: EngagementConfig['segments']): Segment {
  if (score >= segments.hot_threshold) return 'hot';
  return score >= segments.warm_threshold ? 'warm' : 'cold';
}

type Within = (at: DateTime | null, days: number) => boolean;

/** Worth of the numbers that were counted, as old as the last engagement. */
function countedScore(
  { engagement_weights: weights, time_decay_days: span }: EngagementConfig,
  data: EngagementData,
  now: DateTime,
): Decimal {
  const base = new Decimal(data.opens).times(weights.opens).plus(new Decimal(data.clicks).times(weights.clicks));
  return base.times(decay(data.last, now, span));
}

/** Worth of single reactions, each as old as it is. */
function worthOf(config: EngagementConfig, reactions: readonly Reaction[], now: DateTime): Decimal {
  const { engagement_weights: weights, time_decay_days: span } = config;
  return reactions.reduce(
    (sum, { kind, at }) => sum.plus(new Decimal(weights[kind]).times(decay(at, now, span))),
    new Decimal(0),
  );
}

/** Without single reactions one date has to do. */
function trendOf(config: EngagementConfig, data: EngagementData, score: number, within: Within): Trend {
  const { enabled, comparison_days: days } = config.trend_analysis;
  if (!enabled) return 'stable';
  if (data.reactions === null) {
    if (data.last === null || score === 0) return 'stable';
    return within(data.last, days) ? 'increasing' : 'decreasing';
  }
  const { engagement_weights: weights } = config;
  const sum = (reactions: readonly Reaction[]): number =>
    reactions.reduce((total, { kind }) => total + weights[kind], 0);
  const recent = sum(data.reactions.filter(({ at }) => within(at, days)));
  const before = sum(data.reactions.filter(({ at }) => !within(at, days) && within(at, 2 * days)));
  if (recent === before) return 'stable';
  return recent > before ? 'increasing' : 'decreasing';
}

/** Scores by opens and clicks, their weights and the time that has passed; sends never score. */
export function engagementOf(config: EngagementConfig, data: EngagementData, at: Date): Engagement {
  const now = DateTime.fromJSDate(at, { zone: 'UTC' });
  const within: Within = (instant, days) =>
    instant !== null && instant > now.minus({ milliseconds: days * 86_400_000 });
  const counted = data.reactions?.filter((reaction) => within(reaction.at, config.lookback_days));
  const worth = counted === undefined ? countedScore(config, data, now) : worthOf(config, counted, now);
  // Beyond it a number is no longer exact, and CRMs would get it in exponent form.
  const score = worth.trunc().clamp(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).toNumber() || 0;
  return {
    score,
    level: levelOf(score, within(data.last, config.lookback_days), config.thresholds),
    segment: segmentOf(score, config.segments),
    trend: trendOf(config, data, score, within),
  };
}
