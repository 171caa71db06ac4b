import { z } from 'zod';
import { dataKey } from '../../_kit/config/data-keys.js';
import { flag } from '../../_kit/config/options.js';

const STEPS = ['1_2_threshold', '2_3_threshold', '3_4_threshold', '4_5_threshold'] as const;

/** Limits of the steps 2 to 5 on the way up from 1. */
export type Thresholds = readonly [number, number, number, number];

const rising = (limits: readonly number[]): boolean =>
  limits.every((limit, i) => i === 0 || limit >= (limits[i - 1] ?? 0));

/** Complete and in order, or left out altogether for the defaults. */
function thresholds(what: string, defaults: Thresholds, direction: 'rising' | 'falling') {
  const limit = () => z.number().min(0).meta({ description: what });
  return z
    .object({ [STEPS[0]]: limit(), [STEPS[1]]: limit(), [STEPS[2]]: limit(), [STEPS[3]]: limit() } as Record<
      (typeof STEPS)[number],
      z.ZodNumber
    >)
    .transform((given): Thresholds => [given[STEPS[0]], given[STEPS[1]], given[STEPS[2]], given[STEPS[3]]])
    .refine((limits) => rising(direction === 'rising' ? limits : [...limits].reverse()), {
      error: `Thresholds must be ${direction}`,
    })
    .optional()
    .transform((limits) => limits ?? defaults)
    .meta({ description: `${what}: limits of the steps 2 to 5; ${defaults.join(', ')} when left out` });
}

const METRICS = [
  'recency_score',
  'frequency_score',
  'monetary_score',
  'rfm_composite_score',
  'rfm_segment_label',
  'total_order_value',
  'average_order_value',
  'total_order_count',
  'first_order_date',
  'first_order_value',
  'last_order_date',
  'last_order_value',
  'days_since_last_order',
] as const;
export type Metric = (typeof METRICS)[number];

const SEGMENT_TAGS = [
  'champions_tag',
  'loyal_tag',
  'at_risk_tag',
  'hibernating_tag',
  'lost_tag',
  'promising_tag',
  'need_attention_tag',
] as const;
export type SegmentTag = (typeof SEGMENT_TAGS)[number];

const texts = <const Keys extends readonly string[]>(keys: Keys, description: (key: string) => string) =>
  z.object(
    Object.fromEntries(
      keys.map((key) => [
        key,
        z
          .string()
          .meta({ description: description(key) })
          .optional(),
      ]),
    ) as {
      [Key in Keys[number]]: z.ZodOptional<z.ZodString>;
    },
  );

export interface ScoreRange {
  min: number;
  max: number;
}

const DEFAULT_RANGE: ScoreRange = { min: 1, max: 5 };

/** Cut to whole numbers; an end that makes no sense is ignored. */
function scoreRange(given: { min?: number | undefined; max?: number | undefined } = {}): ScoreRange {
  const lowest = Math.trunc(given.min ?? DEFAULT_RANGE.min);
  const min = lowest > 0 ? lowest : DEFAULT_RANGE.min;
  const highest = Math.trunc(given.max ?? DEFAULT_RANGE.max);
  const max = highest > min ? highest : DEFAULT_RANGE.max;
  return max > min ? { min, max } : DEFAULT_RANGE;
}

const end = (description: string) => z.number().meta({ description }).optional();

export const rfmConfig = z.object({
  options: z
    .object({
      score_range: z
        .object({ min: end('Lowest score, 1 when left out'), max: end('Highest score, 5 when left out') })
        .optional()
        .transform(scoreRange)
        .meta({ description: 'Range of the three scores' }),
      percentile_based_scoring: flag('Score by position in fixed ranges instead of thresholds').default(false),
      recency_calculation: thresholds('Days since the last order', [120, 90, 60, 30], 'falling'),
      frequency_calculation: thresholds('Number of orders', [2, 3, 5, 10], 'rising'),
      monetary_calculation: thresholds('Amount spent', [100, 250, 500, 1000], 'rising'),
      segment_labels: flag('Apply the tag of the segment and remove those of the others').default(false),
      segment_tags: texts(SEGMENT_TAGS, (key) => `Tag of the segment ${key.replace(/_tag$/, '').replaceAll('_', ' ')}`)
        .meta({ description: 'Tags, by id or name' })
        .default({}),
      save_data: texts(METRICS, (key) => `Field for ${key.replaceAll('_', ' ')}; no_save or empty: not written`)
        .meta({ description: 'Fields to write' })
        .default({}),
    })
    .meta({ description: 'All settings' }),
});
export type RfmOptions = z.output<typeof rfmConfig>['options'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `12Threshold`, `1_2_threshold` and `12_threshold` name the same step; nothing filled in means nothing given. */
function reshapeThresholds(given: unknown): unknown {
  if (!isObject(given)) return given;
  const flat = isObject(given['thresholds']) ? { ...given, ...given['thresholds'] } : given;
  const named = Object.entries(flat).map(
    ([key, value]) => [STEPS.find((step) => dataKey(step) === dataKey(key)) ?? key, value] as const,
  );
  const filled = named.filter(([key, value]) => STEPS.some((step) => step === key) && value !== '' && value !== null);
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

/** The form keeps thresholds one level deeper and under other names. */
export function reshapeOptions(config: Record<string, unknown>): Record<string, unknown> {
  if (!isObject(config['options'])) return config;
  const options: Record<string, unknown> = { ...config['options'] };
  for (const name of ['recency_calculation', 'frequency_calculation', 'monetary_calculation']) {
    const spelling = Object.keys(options).find((key) => dataKey(key) === dataKey(name));
    if (spelling === undefined) continue;
    const reshaped = reshapeThresholds(options[spelling]);
    delete options[spelling];
    if (reshaped !== undefined) options[name] = reshaped;
  }
  return { ...config, options };
}
