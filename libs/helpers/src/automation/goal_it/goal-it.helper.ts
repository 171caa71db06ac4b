import { z } from 'zod';
import { text } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';

export const goalIt = defineHelper({
  type: 'goal_it',
  category: 'automation',
  title: 'Goal It',
  summary: 'Achieves a campaign goal in Keap for the contact.',
  rules: [
    'The goal is achieved once, by call name and integration name as the campaign has them; a refusal by the CRM fails the run.',
    'A repeated delivery does not achieve it again; where nobody knows whether it was, the run fails with `effect_in_doubt`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: ['keap'],
  services: [],
  effects: { achieveGoal: { inDoubt: 'ask' } },
  config: z.object({
    goal_name: text('Call name of the goal'),
    integration: text('Integration name of the goal').default('mfh'),
  }),

  async run({ config, crm }) {
    await crm.achieveGoal(config.goal_name, config.integration);
    return {
      success: true,
      actions: [{ type: 'goal_achieved', target: crm.contactId, value: config.goal_name }],
    };
  },
});
