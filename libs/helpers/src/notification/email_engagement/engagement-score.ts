import { Decimal } from 'decimal.js';
import { DateTime } from 'luxon';
import type { EngagementConfig } from './email-engagement.config.js';
import type { EngagementData } from './engagement-data.js';

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

/** Scores by opens and clicks, their weights and the time that has passed; sends never score. */
export function engagementOf(config: EngagementConfig, { opens, clicks, last }: EngagementData, at: Date): Engagement {
  const now = DateTime.fromJSDate(at, { zone: 'UTC' });
  const within = (days: number): boolean => last !== null && last > now.minus({ milliseconds: days * 86_400_000 });
  const { engagement_weights: weights, trend_analysis: analysis } = config;
  const base = new Decimal(opens).times(weights.opens).plus(new Decimal(clicks).times(weights.clicks));
  const decayed = base.times(decay(last, now, config.time_decay_days)).trunc();
  // Beyond it a number is no longer exact, and CRMs would get it in exponent form.
  const score = decayed.clamp(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).toNumber() || 0;
  const hasTrend = analysis.enabled && last !== null && score !== 0;
  return {
    score,
    level: levelOf(score, within(config.lookback_days), config.thresholds),
    segment: segmentOf(score, config.segments),
    trend: hasTrend ? (within(analysis.comparison_days) ? 'increasing' : 'decreasing') : 'stable',
  };
}
