import type { Answer } from '../../server/answer.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { AutomationRecord, GoalRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found, inputOf, text, type Input } from '../input.js';

interface ListeningGoal {
  automation: AutomationRecord;
  goal: GoalRecord;
}

export const goalOperations: readonly Operation[] = [
  { method: 'POST', path: '/automations/goals/achieve', name: 'AchieveGoal', handle: achieveGoal },
];

/** The one request of this API in which ids are numbers. A goal that nobody listens to fails inside a 200. */
function achieveGoal(call: Call): Answer {
  const { store } = call;
  const input = inputOf(call.body);
  const contactId = String(number(input, 'contact_id'));
  found(store.contacts.get(contactId), 'Contact', contactId);
  const goals = listening(store, input);
  for (const { automation, goal } of goals) {
    const { integration, call_name: callName } = input;
    const args = { integration, call_name: callName, automation_id: automation.id, goal_id: goal.id };
    call.effect({ operation: 'AchieveGoal', contactId, args });
  }
  const results =
    goals.length === 0 ? [{ success: false, message: 'No goal listens to this call' }] : goals.map(achieved);
  return { status: 200, body: { results } };
}

function listening(store: CrmStore, input: Input): ListeningGoal[] {
  const all = [...store.automations.values()].flatMap((automation) =>
    automation.published ? automation.goals.map((goal) => ({ automation, goal })) : [],
  );
  if (input['goal_id'] !== undefined) {
    const automationId = String(number(input, 'automation_id'));
    const goalId = String(number(input, 'goal_id'));
    return all.filter(({ automation, goal }) => automation.id === automationId && goal.id === goalId);
  }
  const integration = text(input, 'integration');
  const callName = text(input, 'call_name');
  if (integration === undefined || callName === undefined) {
    throw new Refusal(400, 'integration and call_name, or automation_id and goal_id, are required', 'Goal');
  }
  return all.filter(({ goal }) => goal.integration === integration && ['*', callName].includes(goal.callName));
}

function achieved({ automation, goal }: ListeningGoal): Record<string, unknown> {
  return {
    success: true,
    message: 'Goal achieved',
    automation_id: Number(automation.id),
    goal_id: Number(goal.id),
    flow_start_results: automation.sequences.map(({ id }) => ({
      success: true,
      message: 'Started',
      flow_id: Number(id),
    })),
    flow_stop_results: [],
  };
}

function number(input: Input, name: string): number {
  const value = input[name];
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new Refusal(400, `${name} must be an integer`, name);
}
