import { z } from 'zod';
import { choice, requireOption, text } from '../../_kit/config/options.js';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { GOAL_INTEGRATION } from '../../_kit/crm/contact-crm.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { stopsRun, toRunFailure } from '../../_kit/run-failure.js';

const opposite = { a: 'b', b: 'a' } as const;
const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** The form that this type shares with split_it names its options differently. */
function reshape({ mode, option_a: a, option_b: b, state_field: _unused, ...config }: Record<string, unknown>) {
  const shaped: Record<string, unknown> = { ...config };
  if (!isGiven(shaped['split_type']) && (mode === 'tag' || mode === 'goal')) shaped['split_type'] = `${mode}_split`;
  const kind = shaped['split_type'] === 'goal_split' ? 'goal' : 'tag';
  for (const [group, option] of Object.entries({ a, b })) {
    const name = `split_${kind}_${group}`;
    if (isGiven(option) && !isGiven(shaped[name])) shaped[name] = option;
  }
  return shaped;
}

/** Takes the tag away first, so that putting it on starts automations again. */
async function renewTag(crm: ContactCrm, tag: string, warn: (message: string) => void): Promise<void> {
  try {
    await crm.removeTag(tag);
  } catch (error) {
    if (stopsRun(error)) throw error;
    warn(`Tag ${tag} could not be removed first: ${toRunFailure(error).message}`);
  }
  await crm.applyTag(tag);
}

export const splitItBasic = defineHelper({
  type: 'split_it_basic',
  category: 'data',
  title: 'Split It Basic',
  summary: 'Sends contacts to two groups in turns, by tag or goal.',
  rules: [
    'The first contact of the helper gets the group opposite to the last group; from then on the groups take turns, exactly, also when many contacts come at once.',
    'A tag is removed before it is applied, so that automations that wait for it start again.',
    'The group is drawn once for an execution: a repeated delivery repeats it.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: {
    removeTag: { inDoubt: 'repeat' },
    applyTag: { inDoubt: 'repeat' },
    achieveGoal: { inDoubt: 'ask' },
    count: 'repeatable',
  },
  reshape,
  config: z
    .object({
      split_type: choice(['tag_split', 'goal_split'], 'Tags or goals'),
      last_group: choice(['a', 'b'], 'Group that ran last before the first contact', 'b'),
      split_tag_a: text('Tag of group A').optional(),
      split_tag_b: text('Tag of group B').optional(),
      split_goal_a: text('Goal of group A').optional(),
      split_goal_b: text('Goal of group B').optional(),
      goal_integration: text('Name under which goals are achieved').default(GOAL_INTEGRATION),
    })
    .superRefine((config, context) => {
      const needed =
        config.split_type === 'tag_split'
          ? (['split_tag_a', 'split_tag_b'] as const)
          : (['split_goal_a', 'split_goal_b'] as const);
      for (const option of needed) {
        if (config[option] === undefined) requireOption(context, option, `for ${config.split_type}`);
      }
    }),

  async run({ config, crm, state, identity, effect, warn }) {
    const key = `split_basic:${identity.helperId}`;
    const turn = await effect({ step: 'turn', operation: 'count', target: key, summary: 'Take the next turn' }, () =>
      state.advance(key),
    );
    const group = turn % 2 === 1 ? opposite[config.last_group] : config.last_group;
    const byTag = config.split_type === 'tag_split';
    const value = config[`split_${byTag ? 'tag' : 'goal'}_${group}`] ?? '';
    if (byTag) await renewTag(crm, value, warn);
    else await crm.achieveGoal(value, config.goal_integration);
    const type = byTag ? 'tag_applied' : 'goal_achieved';
    return {
      success: true,
      modifiedData: { run_group: group },
      actions: [{ type, target: crm.contactId, value }],
    };
  },
});
