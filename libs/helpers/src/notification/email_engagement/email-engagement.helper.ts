import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { engagementConfig, type EngagementConfig } from './email-engagement.config.js';
import { engagementData } from './engagement-data.js';
import { engagementOf, type Engagement } from './engagement-score.js';

type Context = RunContext<EngagementConfig>;
type Figures = Engagement & { last: string | null };

/** What the output shows where no engagement is known. */
const NEVER = '0001-01-01T00:00:00Z';

/** Applies the tag of what was reached and removes the tags of what was not. */
async function tagOne(
  { crm }: Context,
  tags: readonly (readonly [string, string | undefined])[],
  reached: string,
  writes: PartialWrites,
): Promise<void> {
  const wanted = tags.find(([name]) => name === reached)?.[1];
  for (const [name, tag] of tags) {
    if (tag === undefined) continue;
    if (name === reached) {
      const action = { type: 'tag_applied', target: tag, value: name };
      await writes.attempt(`Tag ${tag} could not be applied`, () => crm.applyTag(tag), action);
    } else if (tag !== wanted) {
      await writes.attempt(`Tag ${tag} could not be removed`, () => crm.removeTag(tag));
    }
  }
}

async function writeTags(context: Context, { level, segment }: Figures, writes: PartialWrites): Promise<void> {
  const { tags } = context.config;
  const levels = [
    ['highly_engaged', tags.highly_engaged_tag],
    ['engaged', tags.engaged_tag],
    ['disengaged', tags.disengaged_tag],
  ] as const;
  const segments = [
    ['hot', tags.hot_segment_tag],
    ['warm', tags.warm_segment_tag],
    ['cold', tags.cold_segment_tag],
  ] as const;
  await tagOne(context, levels, level, writes);
  await tagOne(context, segments, segment, writes);
}

async function writeFields({ config, crm }: Context, figures: Figures, writes: PartialWrites): Promise<void> {
  const fields: [string | undefined, string | number | null][] = [
    [config.score_field, figures.score],
    [config.last_engagement_field, figures.last],
    [config.segment_field, figures.segment],
    [config.trend_field, config.trend_analysis.enabled ? figures.trend : null],
  ];
  for (const [field, value] of fields) {
    if (field === undefined || value === null) continue;
    const action = { type: 'field_updated', target: field, value };
    await writes.attempt(`Field ${field} could not be written`, () => crm.writeField(field, value), action);
  }
}

export const emailEngagement = defineHelper({
  type: 'email_engagement',
  category: 'notification',
  title: 'Email Engagement',
  summary: 'Scores how a contact reacts to e-mail, and sets tags and fields by level and segment.',
  rules: [
    'Opens and clicks score by their weights; sends never do. Numbers and dates come from the fields `open_count`, `last_open_date`, `click_count`, `last_click_date`, `send_count` and `last_send_date`. Where these say nothing, the mail history of the CRM is read: each open and click within the lookback counts by its own age. Where the CRM knows the latest dates only, a reaction counts once.',
    'The score loses half of its worth over the span of the decay, counted in whole days, and is cut to a whole number.',
    'A level needs its score and an engagement within the lookback; a segment needs its score only.',
    'Without any data the score is 0: disengaged and cold. The last engagement is written only when it is known.',
    'The trend compares the days of comparison with as many days before, where each reaction is known; else it is `increasing` when the last engagement lies within those days, and `decreasing` otherwise. Without score or date it is `stable`.',
    'Data that cannot be read fails the run. A tag or field that fails becomes a warning; the run fails only when every write did.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: ['keap'],
  services: [],
  effects: { applyTag: 'repeatable', removeTag: 'repeatable', setContactFieldValue: 'repeatable' },
  config: engagementConfig,

  async run(context) {
    const { config, clock, crm, remember } = context;
    const figures = await remember('engagement', async (): Promise<Figures> => {
      const data = await engagementData(crm, config, clock.now());
      const last = data.last?.toISO({ suppressMilliseconds: true }) ?? null;
      return { ...engagementOf(config, data, clock.now()), last };
    });
    const writes = new PartialWrites(context);
    await writeTags(context, figures, writes);
    await writeFields(context, figures, writes);
    return writes.result({
      engagement_level: figures.level,
      engagement_score: figures.score,
      engagement_segment: figures.segment,
      engagement_trend: figures.trend,
      last_engagement: figures.last ?? NEVER,
    });
  },
});
