import type { HelperAction, HelperResult } from '../../_kit/helper-result.js';
import type { RunContext } from '../../_kit/run-context.js';
import { stopsRun, toRunFailure } from '../../_kit/run-failure.js';
import type { HookItConfig } from './hook-it.config.js';
import { fromInput } from './triggering-event.js';

const BUILT_IN: Readonly<Record<string, string>> = {
  'contact.add': 'newcontact',
  'invoice.add': 'newinvoice',
  'order.add': 'neworder',
};

/** Achieves the goal of an event, then the goals that the configuration maps to it. */
export async function runBasic(context: RunContext<HookItConfig>): Promise<HelperResult> {
  const { config, crm, identity } = context;
  const event = fromInput(context, 'event', 'hook_action') ?? config.hook_action ?? '';
  const actions: HelperAction[] = [];
  const achieve = async (goal: string): Promise<void> => {
    await crm.achieveGoal(goal);
    actions.push({ type: 'goal_achieved', target: crm.contactId, value: goal });
  };

  if (event !== '') await achieve(`${config.goal_prefix ?? BUILT_IN[event] ?? event}${identity.helperId}`);
  for (const mapping of config.actions) {
    const { event: mapped = '', goal_name: goal = '' } = mapping;
    if (mapped === '' || goal === '' || (event !== '' && mapped !== event)) continue;
    try {
      await achieve(goal);
    } catch (error) {
      if (stopsRun(error)) throw error;
      context.warn(`Goal ${goal} could not be achieved: ${toRunFailure(error).message}`);
    }
  }
  return { success: true, modifiedData: { hook_action: event, goals_fired: actions.length }, actions };
}
