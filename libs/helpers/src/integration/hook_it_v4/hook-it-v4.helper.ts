import { z } from 'zod';
import { exactText, flag, text } from '../../_kit/config/options.js';
import { GOAL_INTEGRATION } from '../../_kit/crm/contact-crm.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperAction } from '../../_kit/helper-result.js';
import { stopsRun, toRunFailure, type RunFailure } from '../../_kit/run-failure.js';

export const hookItV4 = defineHelper({
  type: 'hook_it_v4',
  category: 'integration',
  title: 'Hook It V4 (Multi-Goal)',
  summary: 'Achieves a list of goals in order.',
  rules: [
    'Every name is used exactly as it stands, between prefix and suffix; empty ones are left out, and one that is listed twice is achieved twice.',
    'A goal that fails becomes a warning and the next one follows; with `stop_on_error` it ends the run as a failure.',
    'The run succeeds when at least one goal was achieved. Trying it again achieves only those that failed.',
    'The CRM must know goals; others refuse with `unsupported_by_crm`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { achieveGoal: { inDoubt: 'ask' } },
  config: z.object({
    goals: z.array(z.string()).min(1).meta({ description: 'Goals, in this order' }),
    integration: text('Integration name given to the CRM').default(GOAL_INTEGRATION),
    stop_on_error: flag('End at the first goal that fails').default(false),
    goal_prefix: exactText('Text put before each name').default(''),
    goal_suffix: exactText('Text put after each name').default(''),
  }),

  async run({ config, crm, warn }) {
    if (!(await crm.supports('goals'))) {
      throw new HelperFailure('unsupported_by_crm', 'give_up', 'This CRM has no goals: use a CRM that has them.');
    }
    const actions: HelperAction[] = [];
    const failures: RunFailure[] = [];
    const counts = () => ({
      goals_total: config.goals.length,
      goals_achieved: actions.length,
      goals_failed: failures.length,
    });
    for (const [index, name] of config.goals.entries()) {
      if (name === '') continue;
      const goal = `${config.goal_prefix}${name}${config.goal_suffix}`;
      try {
        await crm.achieveGoal(goal, config.integration);
        actions.push({ type: 'goal_achieved', target: crm.contactId, value: goal });
      } catch (error) {
        if (stopsRun(error)) throw error;
        const failure = toRunFailure(error);
        failures.push(failure);
        warn(`Goal ${goal} could not be achieved: ${failure.message}`);
        if (config.stop_on_error) {
          return { success: false, modifiedData: { ...counts(), stopped_at: index + 1 }, actions, failure };
        }
      }
    }
    const failure = failures.find((each) => each.class === 'retry') ?? failures[0];
    if (failure === undefined || actions.length > 0) return { success: true, modifiedData: counts(), actions };
    return { success: false, modifiedData: counts(), actions, failure };
  },
});
