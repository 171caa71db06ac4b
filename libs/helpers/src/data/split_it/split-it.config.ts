import { z } from 'zod';
import { choice, fieldName, requireOption, text, wholeNumber } from '../../_kit/config/options.js';

const OPTIONS = ['option_a', 'option_b', 'option_c', 'option_d', 'option_e'] as const;
const LARGEST_WEIGHT = 100;

export const splitItConfig = z
  .object({
    split_method: choice(
      ['counter', 'state_field'],
      'counter: contacts take turns. state_field: each contact gets its options one after the other',
      'counter',
    ),
    mode: choice(['tag', 'goal'], 'Apply a tag or achieve a goal'),
    split_count: wholeNumber('Number of options, 2 to 5')
      .refine((count) => count >= 2 && count <= OPTIONS.length, { error: 'Must be 2 to 5' })
      .prefault(2),
    option_a: text('Tag or goal of option A'),
    option_b: text('Tag or goal of option B'),
    option_c: text('Tag or goal of option C').optional(),
    option_d: text('Tag or goal of option D').optional(),
    option_e: text('Tag or goal of option E').optional(),
    weights: z
      .array(z.int().min(0).max(LARGEST_WEIGHT))
      .refine((weights) => weights.some((weight) => weight > 0), { error: 'One must be above 0' })
      .meta({ description: 'How often each option comes, in order; equally often when left out. For counter' })
      .optional(),
    state_field: fieldName('Contact field that keeps the last letter, for state_field').optional(),
    goal_integration: text('Name under which goals are achieved').default('mfh'),
  })
  .superRefine((config, context) => {
    const { split_count: count, weights } = config;
    for (const option of OPTIONS.slice(0, count)) {
      if (config[option] === undefined) requireOption(context, option, `for ${count} options`);
    }
    if (config.split_method === 'state_field' && config.state_field === undefined)
      requireOption(context, 'state_field', 'for the method state_field');
    if (weights !== undefined && weights.length !== count) {
      context.addIssue({ code: 'custom', path: ['weights'], message: `Needs ${count} numbers, one for each option` });
    }
  });
export type SplitItConfig = z.output<typeof splitItConfig>;

/** The chosen options, in order. */
export const optionsOf = (config: SplitItConfig): string[] =>
  OPTIONS.slice(0, config.split_count).map((option) => config[option] ?? '');

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/**
 * Older shapes: two tags and the share of the first in percent. Without a method, a field for the letter means that
 * the field is meant.
 */
export function reshapeSplit({ group_a_tag: a, group_b_tag: b, ratio, ...config }: Record<string, unknown>) {
  const shaped: Record<string, unknown> = { ...config };
  if (isGiven(a) || isGiven(b)) {
    if (!isGiven(shaped['mode'])) shaped['mode'] = 'tag';
    if (!isGiven(shaped['option_a'])) shaped['option_a'] = a;
    if (!isGiven(shaped['option_b'])) shaped['option_b'] = b;
  }
  const share = isGiven(ratio) ? Number(ratio) : Number.NaN;
  if (Number.isFinite(share) && !isGiven(shaped['weights'])) {
    shaped['weights'] = [Math.round(share), LARGEST_WEIGHT - Math.round(share)];
  }
  if (!isGiven(shaped['split_method'])) {
    if (isGiven(shaped['state_field'])) shaped['split_method'] = 'state_field';
    else if (isGiven(shaped['weights']) || isGiven(a)) shaped['split_method'] = 'counter';
  }
  return shaped;
}
