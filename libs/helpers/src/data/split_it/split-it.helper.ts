import { defineHelper } from '../../_kit/define-helper.js';
import type { HelperAction } from '../../_kit/helper-result.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { optionsOf, reshapeSplit, splitItConfig, type SplitItConfig } from './split-it.config.js';
import { indexOfTurn, LETTERS, nextIndex } from './turns.js';

type Context = RunContext<SplitItConfig>;

/** The option of this execution, the same in every delivery of it. */
async function drawOption({ config, crm, state, identity, effect, remember }: Context, count: number) {
  const { split_method: method, state_field: field = '', weights = Array.from({ length: count }, () => 1) } = config;
  if (method === 'state_field')
    return remember('option', async () => nextIndex(fieldText(await crm.readField(field)).trim(), count));
  const key = `split:${identity.helperId}`;
  const turn = await effect({ step: 'turn', operation: 'count', target: key, summary: 'Take the next turn' }, () =>
    state.advance(key),
  );
  return indexOfTurn(turn, weights);
}

export const splitIt = defineHelper({
  type: 'split_it',
  category: 'data',
  title: 'Split It',
  summary: 'Splits contacts over two to five options (A/B test) by tag or goal.',
  rules: [
    'counter: all contacts of the helper take turns, exactly, also when many come at once; the first one gets option B. Weights say how often each option comes.',
    "state_field: the contact's own field holds the letter of its last option; the next one in order is taken, A at first.",
    'The tag or goal comes first; when it fails, the letter stays. A letter that cannot be read or stored fails the run.',
    'The option is drawn once for an execution: a repeated delivery repeats it.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: {
    applyTag: 'repeatable',
    achieveGoal: { inDoubt: 'ask' },
    setContactFieldValue: { inDoubt: 'repeat' },
    count: 'repeatable',
  },
  reshape: reshapeSplit,
  config: splitItConfig,

  async run(context) {
    const { config, crm } = context;
    const options = optionsOf(config);
    const index = await drawOption(context, options.length);
    const option = options[index] ?? '';
    const actions: HelperAction[] = [];
    if (config.mode === 'tag') await crm.applyTag(option);
    else await crm.achieveGoal(option, config.goal_integration);
    const type = config.mode === 'tag' ? 'tag_applied' : 'goal_achieved';
    actions.push({ type, target: crm.contactId, value: option });
    const { state_field: field } = config;
    if (config.split_method !== 'state_field' || field === undefined) return { success: true, actions };
    const letter = LETTERS[index] ?? 'A';
    await crm.writeField(field, letter);
    actions.push({ type: 'field_updated', target: field, value: letter });
    return { success: true, modifiedData: { [field]: letter }, actions };
  },
});
