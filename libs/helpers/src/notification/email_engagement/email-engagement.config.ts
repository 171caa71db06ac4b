import { z } from 'zod';
import { choice, fieldName, flag, text } from '../../_kit/config/options.js';

const number = (description: string, fallback: number) => z.number().meta({ description }).default(fallback);

/** More than any history holds, and still a date that can be reckoned. */
const LONGEST_DAYS = 36_500;

/** A number of days; 0 or less means the default. */
const days = (description: string, fallback: number) =>
  z
    .number()
    .meta({ description })
    .default(fallback)
    .transform((value) => (value > 0 ? Math.min(value, LONGEST_DAYS) : fallback));

const tag = (description: string) => text(description).optional();

export const engagementConfig = z.object({
  engagement_type: choice(['opens', 'clicks', 'sends', 'all'], 'Which data is read').default('all'),
  lookback_days: days('Days within which the last engagement must lie to be engaged at all', 30),
  time_decay_days: days('Days over which a score loses half of its worth', 90),
  engagement_weights: z
    .object({ opens: number('Points of an open', 1), clicks: number('Points of a click', 3) })
    .meta({ description: 'What counts how much' })
    .prefault({}),
  thresholds: z
    .object({
      highly_engaged: number('Score from which on a contact is highly engaged', 5),
      engaged: number('Score from which on a contact is engaged', 2),
    })
    .meta({ description: 'Scores of the levels' })
    .prefault({}),
  segments: z
    .object({
      hot_threshold: number('Score from which on a contact is hot', 10),
      warm_threshold: number('Score from which on a contact is warm', 5),
    })
    .meta({ description: 'Scores of the segments' })
    .prefault({}),
  trend_analysis: z
    .object({
      enabled: flag('Tell whether engagement goes up or down').default(false),
      comparison_days: days('Days within which the last engagement means a rise', 30),
    })
    .meta({ description: 'The trend' })
    .prefault({}),
  tags: z
    .object({
      highly_engaged_tag: tag('Tag of highly engaged contacts'),
      engaged_tag: tag('Tag of engaged contacts'),
      disengaged_tag: tag('Tag of disengaged contacts'),
      hot_segment_tag: tag('Tag of hot contacts'),
      warm_segment_tag: tag('Tag of warm contacts'),
      cold_segment_tag: tag('Tag of cold contacts'),
    })
    .meta({ description: 'Tags by level and segment; those not reached are removed' })
    .prefault({}),
  score_field: fieldName('Field for the score').optional(),
  last_engagement_field: fieldName('Field for the last engagement').optional(),
  segment_field: fieldName('Field for the segment').optional(),
  trend_field: fieldName('Field for the trend').optional(),
});
export type EngagementConfig = z.output<typeof engagementConfig>;
