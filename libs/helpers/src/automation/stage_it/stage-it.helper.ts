import { z } from 'zod';
import { choice, text } from '../../_kit/config/options.js';
import { GOAL_INTEGRATION } from '../../_kit/crm/contact-crm.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { fieldText } from '../../_kit/text/field-text.js';

const stageId = (description: string) =>
  z
    .union([z.string().trim().min(1), z.number().int()])
    .transform(fieldText)
    .meta({ description });

const isNone = (found: unknown): boolean => ['', '0'].includes(fieldText(found).trim());

export const stageIt = defineHelper({
  type: 'stage_it',
  category: 'automation',
  title: 'Stage It',
  summary: "Moves the contact's opportunities from one stage to another and achieves a goal for found or not found.",
  rules: [
    'The opportunity with the lowest id, or all of them, move from the one stage to the other; then the goal for found is achieved. Without an opportunity in the stage the other goal is.',
    'When the opportunities cannot be read or moved the run fails, and no goal is achieved.',
    'A goal that cannot be achieved is a warning; the run fails when it was everything the run tried.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: ['keap'],
  services: [],
  effects: { setContactFieldValue: 'repeatable', achieveGoal: { inDoubt: 'ask' } },
  config: z.object({
    basic_match: stageId('Id of the stage to look for'),
    to_stage: stageId('Id of the new stage'),
    opportunity_count: choice(['first', 'all'], 'Move the first or all').default('first'),
    found_goal: text('Call name of the goal when some were found').optional(),
    not_found_goal: text('Call name of the goal when none were found').optional(),
    integration: text('Integration name of the goals').default(GOAL_INTEGRATION),
  }),

  async run(context) {
    const { config, crm, remember } = context;
    const stage = `_related.lead.stage.${config.basic_match}`;
    // Remembered: after the move a second delivery would find none and achieve the wrong goal.
    const none = await remember('none', async () => isNone(await crm.readField(stage)));
    const writes = new PartialWrites(context);
    if (!none) {
      const action = { type: 'field_updated', target: 'StageID', value: config.to_stage };
      const key = `${stage}.update_${config.opportunity_count}`;
      const move = (): Promise<void> => crm.writeField(key, config.to_stage);
      if (!(await writes.attempt('The stage could not be changed', move, action))) return writes.result();
    }
    const goal = none ? config.not_found_goal : config.found_goal;
    if (goal !== undefined) {
      const action = { type: 'goal_achieved', target: crm.contactId, value: goal };
      const achieve = (): Promise<void> => crm.achieveGoal(goal, config.integration);
      await writes.attempt(`Goal ${goal} could not be achieved`, achieve, action);
    }
    return writes.result();
  },
});
