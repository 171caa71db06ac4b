import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { fieldName, text } from '../../_kit/config/options.js';
import { renameInList } from '../../_kit/config/rename-in-list.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { followRoute, requiredUrl, routeOptions, routeOrFail } from '../../_kit/routing/follow-route.js';
import { readNumber } from '../../_kit/text/read-number.js';

const range = z
  .object({
    label: text('Name of the range').optional(),
    min_score: z.number().meta({ description: 'Lowest score that belongs to it; open when left out' }).optional(),
    max_score: z.number().meta({ description: 'Highest score that belongs to it; open when left out' }).optional(),
    redirect_url: requiredUrl('URL'),
  })
  .refine(({ min_score: min, max_score: max }) => min === undefined || max === undefined || min <= max, {
    error: 'The lowest score must not lie above the highest',
    path: ['max_score'],
  });
type Range = z.output<typeof range>;

const config = z.object({
  score_field: fieldName('Contact field with the score').default('Score'),
  score_ranges: z.array(range).min(1).meta({ description: 'Ranges in order; the first that fits is taken' }),
  ...routeOptions,
});

const contains = ({ min_score: min, max_score: max }: Range, score: Decimal): boolean =>
  (min === undefined || score.gte(min)) && (max === undefined || score.lte(max));

/** @returns null when the contact has no score */
function readScore(value: unknown, field: string): Decimal | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && value.trim() === '') return new Decimal(0);
  const score = readNumber(value);
  if (score !== null) return score;
  throw new HelperFailure('field_not_numeric', 'give_up', `${field} holds no number.`);
}

const twoDecimals = (score: Decimal): string => score.toFixed(2).replace(/^-(0\.00)$/, '$1');

function reasonOf(score: Decimal, index: number, found: Range | undefined): string {
  const text = twoDecimals(score);
  if (found === undefined) return `fallback (score=${text}, no match)`;
  return found.label === undefined ? `score_range_index=${index} (${text})` : `score_range=${found.label} (${text})`;
}

export const routeItScore = defineHelper({
  type: 'route_it_score',
  category: 'automation',
  title: 'Route It - Score',
  summary: 'Chooses a URL by the range in which a numeric score lies.',
  rules: [
    'Both ends belong to a range; the first range that fits is taken. Scores between two ranges, such as 79.5 between 79 and 80, fit none.',
    'A text counts as a number with one currency sign, spaces and thousands commas left out; blank text is 0. A contact without a score takes the fallback.',
    'When no range fits, the fallback is taken; without a fallback the run fails with `no_route`. What is no number fails with `field_not_numeric`.',
    'The URL is saved first, then the tag applied. Neither can fail the run.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  reshape: (given) => ({ ...given, score_ranges: renameInList(given['score_ranges'], 'redirectUrl', 'redirect_url') }),
  config,

  async run(context) {
    const { score_field: field, score_ranges: ranges, fallback_url: fallback = '' } = context.config;
    const read = readScore(await context.crm.readField(field), field);
    if (read === null && fallback === '') {
      throw new HelperFailure('field_not_numeric', 'give_up', `${field} is empty, and there is no fallback URL.`);
    }
    const score = read ?? new Decimal(0);
    const index = read === null ? -1 : ranges.findIndex((each) => contains(each, score));
    const found = ranges[index];
    const url = routeOrFail(found?.redirect_url, fallback, `a score of ${twoDecimals(score)}`);
    const data = {
      routing_reason: reasonOf(score, index, found),
      score: score.toNumber(),
      matched_label: found?.label ?? '',
    };
    return followRoute(context, url, data, { reportsSaving: true });
  },
});
