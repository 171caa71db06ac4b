import { z } from 'zod';
import { exactText, fieldName, flag, textList } from '../../_kit/config/options.js';
import { CONDITION_OPERATORS } from '../../_kit/text/condition.js';

const entryWithConfig = z.object({
  id: z.string().trim().min(1).meta({ description: 'Helper' }),
  config: z
    .record(z.string(), z.unknown())
    .meta({ description: "Replaces the helper's whole configuration for this run" })
    .optional(),
});

/** A step as the configuration names it. */
export interface ChainEntry {
  id: string;
  config?: Record<string, unknown> | undefined;
}

/** More steps than any chain needs; keeps one execution from making thousands. */
const MOST_STEPS = 100;

export const chainItConfig = z.object({
  helpers: z
    .array(z.union([z.string().trim().min(1), entryWithConfig]))
    .min(1)
    .max(MOST_STEPS)
    .meta({ description: 'Helpers in order: id, short key, or an object with id and config' }),
  stop_on_failure: flag('A failed step is the last one').default(true),
  delay_seconds: z
    .number()
    .min(0)
    .transform(Math.trunc)
    .meta({ description: 'Seconds between the end of a step and the start of the next; fractions are cut off' })
    .prefault(0),
  conditional_field: fieldName('Field to look at before anything is queued').optional(),
  conditional_operator: z.enum(CONDITION_OPERATORS).meta({ description: 'Comparison' }).default('equals'),
  conditional_value: exactText('Value to compare with').default(''),
  on_success_helpers: textList('Helpers for afterwards, when all steps succeeded', 0).default([]),
  on_failure_helpers: textList('Helpers for afterwards, when a step failed', 0).default([]),
});
export type ChainItConfig = z.output<typeof chainItConfig>;

/** Every helper that a chain names, in one form. */
export const entriesOf = (config: ChainItConfig): Record<'steps' | 'onSuccess' | 'onFailure', ChainEntry[]> => ({
  steps: config.helpers.map((entry) => (typeof entry === 'string' ? { id: entry } : entry)),
  onSuccess: config.on_success_helpers.map((id) => ({ id })),
  onFailure: config.on_failure_helpers.map((id) => ({ id })),
});
