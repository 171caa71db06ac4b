import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { readOrders, type OrderFacts } from './orders.js';
import { reshapeOptions, rfmConfig, type Metric, type RfmOptions } from './rfm-calculation.config.js';
import { compositeOf, score, SEGMENTS, segmentOf, type Scores } from './scores.js';

type Context = RunContext<{ options: RfmOptions }>;

interface Figures extends Scores {
  facts: OrderFacts;
  segment: string;
}

const OTHER = 'Other';

/** Value of each metric; null is unknown and never written. */
function metrics({ facts, segment, ...scores }: Figures): Record<Metric, number | string | null> {
  return {
    recency_score: scores.recency,
    frequency_score: scores.frequency,
    monetary_score: scores.monetary,
    rfm_composite_score: compositeOf(scores),
    rfm_segment_label: segment,
    total_order_value: facts.spend,
    average_order_value: facts.averageOrder,
    total_order_count: facts.orders,
    first_order_date: facts.firstDate,
    first_order_value: facts.firstValue,
    last_order_date: facts.daysSinceLast === null ? null : facts.lastDate,
    last_order_value: facts.lastValue,
    days_since_last_order: facts.daysSinceLast,
  };
}

async function saveMetrics({ config, crm }: Context, figures: Figures, writes: PartialWrites): Promise<void> {
  const values = metrics(figures);
  for (const [metric, value] of Object.entries(values)) {
    const field = config.options.save_data[metric as Metric]?.trim() ?? '';
    if (field === '' || field === 'no_save' || value === null) continue;
    const text = fieldText(value);
    await writes.attempt(`Field ${field} could not be written`, () => crm.writeField(field, text), {
      type: 'field_updated',
      target: field,
      value: text,
    });
  }
}

async function tagSegment({ config, crm }: Context, reached: string, writes: PartialWrites): Promise<void> {
  const { segment_labels: enabled, segment_tags: tags } = config.options;
  if (!enabled) return;
  const reachedTag = SEGMENTS.filter(({ label }) => label === reached).map(({ tag }) => tags[tag])[0];
  for (const { label, tag: option } of SEGMENTS) {
    const tag = tags[option]?.trim() ?? '';
    if (tag === '') continue;
    if (label === reached) {
      const action = { type: 'tag_applied', target: tag, value: label };
      await writes.attempt(`Tag ${tag} could not be applied`, () => crm.applyTag(tag), action);
    } else if (tag !== reachedTag) {
      await writes.attempt(`Tag ${tag} could not be removed`, () => crm.removeTag(tag));
    }
  }
}

async function achieveGoals({ crm, identity, warn }: Context, scores: Scores, writes: PartialWrites): Promise<void> {
  if (!(await crm.supports('goals'))) return warn('This CRM has no goals; none were achieved.');
  for (const figure of ['recency', 'frequency', 'monetary'] as const) {
    const goal = `${identity.helperId}${figure}${scores[figure]}`;
    await writes.attempt(`Goal ${goal} could not be achieved`, () => crm.achieveGoal(goal), {
      type: 'goal_achieved',
      target: crm.contactId,
      value: goal,
    });
  }
}

function report({ facts, segment, ...scores }: Figures): Record<string, unknown> {
  return {
    recency_score: scores.recency,
    frequency_score: scores.frequency,
    monetary_score: scores.monetary,
    composite_score: compositeOf(scores),
    segment_label: segment,
    total_spend: facts.spend,
    total_invoice_amount: facts.invoiced,
    total_orders: facts.orders,
    average_order_size: facts.averageOrder,
    payment_per_order: facts.paymentPerOrder,
    days_since_last_order: facts.daysSinceLast,
    first_order_date: facts.firstDate,
    first_order_value: facts.firstValue,
    last_order_date: facts.lastDate,
    last_order_value: facts.lastValue,
  };
}

export const rfmCalculation = defineHelper({
  type: 'rfm_calculation',
  category: 'analytics',
  title: 'RFM Calculation',
  summary:
    'Scores how recently, how often and for how much a contact buys, and stores scores, segment and order facts.',
  rules: [
    'A contact without orders is left alone. An order history that cannot be read fails the run.',
    'Thresholds are complete and in order, or left out for the defaults: recency 120, 90, 60, 30 days; frequency 2, 3, 5, 10 orders; monetary 100, 250, 500, 1000 in the currency of the account.',
    'With percentile scoring the score is the position in 0 to 365 days, 0 to 100 orders and an amount of 0 to 10,000.',
    'Totals are rounded to whole units, halves away from zero, also for scoring.',
    'A last order whose date is unknown has the lowest recency, and no date is written.',
    'Scores of two digits make the composite a text with dashes: 10-5-7.',
    'Fields, tags and goals that fail become warnings; the run fails only when all of them did. Goals are left out where the CRM has none.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: {
    setContactFieldValue: 'repeatable',
    applyTag: 'repeatable',
    removeTag: 'repeatable',
    achieveGoal: { inDoubt: 'ask' },
  },
  reshape: reshapeOptions,
  config: rfmConfig,

  async run(context) {
    const { config, clock, crm, remember } = context;
    // Remembered, so that a repeated delivery on another day does not achieve the goals of other scores.
    const figures = await remember('figures', async (): Promise<Figures | null> => {
      const facts = await readOrders(crm, clock.now());
      if (facts === null) return null;
      const scores = score(config.options, facts);
      return { ...scores, facts, segment: segmentOf(scores, config.options.score_range)?.label ?? OTHER };
    });
    if (figures === null) return { success: true };
    const writes = new PartialWrites(context);
    await saveMetrics(context, figures, writes);
    await tagSegment(context, figures.segment, writes);
    await achieveGoals(context, figures, writes);
    return writes.result(report(figures));
  },
});
