import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { ChildSequence, ChildStep, HelperSummary } from '../../_kit/ports.js';
import type { RunContext } from '../../_kit/run-context.js';
import { conditionHolds } from '../../_kit/text/condition.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { chainItConfig, entriesOf, type ChainEntry, type ChainItConfig } from './chain-it.config.js';
import { DEEPEST_CHAIN, findChainCycle } from './find-cycle.js';

type Context = RunContext<ChainItConfig>;

async function conditionOfChainHolds({ config, crm }: Context): Promise<boolean> {
  const { conditional_field: field, conditional_operator: operator, conditional_value: expected } = config;
  return field === undefined || conditionHolds(operator, fieldText(await crm.readField(field)), expected);
}

interface Resolved extends ChainEntry {
  helper: HelperSummary;
}

/** Finds every helper before anything is queued; disabled ones are left out. */
async function resolveAll(context: Context, entries: readonly ChainEntry[]): Promise<Resolved[]> {
  const resolved: Resolved[] = [];
  for (const entry of entries) {
    const helper = await context.helpersDirectory.resolve(entry.id);
    if (helper === null) {
      throw new HelperFailure('helper_not_found', 'give_up', `There is no helper "${entry.id}" in this account.`);
    }
    if (helper.enabled) resolved.push({ ...entry, helper });
    else context.warn(`${helper.name} is disabled and was left out.`);
  }
  return resolved;
}

const toSteps = (resolved: readonly Resolved[], firstDelay: number, delaySeconds: number): ChildStep[] =>
  resolved.map(({ helper, config }, index) => ({
    helperId: helper.helperId,
    ...(config === undefined ? {} : { config }),
    delaySeconds: index === 0 ? firstDelay : delaySeconds,
  }));

async function refuseCycles({ config, helpersDirectory, identity }: Context): Promise<void> {
  const cycle = await findChainCycle(helpersDirectory, identity.helperId, config);
  if (cycle === null && identity.depth < DEEPEST_CHAIN) return;
  const way = cycle === null ? `more than ${DEEPEST_CHAIN} chains deep` : cycle.join(' → ');
  throw new HelperFailure('chain_cycle', 'give_up', `This chain would run in a circle: ${way}.`);
}

/** What to queue, decided once for an execution; null when the condition does not hold. */
async function planOf(context: Context): Promise<ChildSequence | null> {
  const { config, input } = context;
  if (!(await conditionOfChainHolds(context))) return null;
  const { steps, onSuccess, onFailure } = entriesOf(config);
  const { delay_seconds: delay } = config;
  const plan = {
    steps: toSteps(await resolveAll(context, steps), 0, delay),
    stopOnFailure: config.stop_on_failure,
    onSuccess: toSteps(await resolveAll(context, onSuccess), delay, delay),
    onFailure: toSteps(await resolveAll(context, onFailure), delay, delay),
    input,
  };
  await refuseCycles(context);
  return plan;
}

export const chainIt = defineHelper({
  type: 'chain_it',
  category: 'automation',
  title: 'Chain It',
  summary: 'Runs several other helpers for the same contact, one after the other.',
  rules: [
    'The next step is queued when the one before it has ended; the delay lies between the two.',
    'A failed step ends the chain unless it is told to go on. A `limit_it` step whose limit is reached ends it, too.',
    'Then the helpers for success are queued when every step succeeded, those for failure when one failed.',
    'Helpers are named by id, with or without prefix, or by short key, and must belong to the same account: an unknown one fails the run before anything is queued. Disabled ones are left out with a warning.',
    'With a condition that does not hold nothing is queued, and the run succeeds. Comparison is by text, letter case counts; an empty field does not exist.',
    'A chain that leads back to itself, or lies more than ten chains deep, fails with `chain_cycle`.',
    'Each step gets the input of this run. Repeating a delivery starts nothing twice.',
  ],
  requiresCrm: false,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: { startChildren: 'repeatable' },
  aliases: { stop_on_error: 'stop_on_failure' },
  config: chainItConfig,

  async run(context) {
    const { config, children, effect, identity, remember } = context;
    const plan = await remember('plan', () => planOf(context));
    if (plan === null) return { success: true };
    const queued = plan.steps.map(({ helperId }) => helperId);
    const started = {
      step: 'children',
      operation: 'startChildren',
      summary: `Queue ${queued.length} helpers`,
    } as const;
    const executionIds =
      queued.length === 0
        ? []
        : await effect({ ...started, target: identity.contactId ?? identity.accountId }, () => children.start(plan));
    return {
      success: true,
      modifiedData: {
        execution_ids: executionIds,
        queued_helpers: queued,
        queued_count: queued.length,
        delay_seconds: config.delay_seconds,
      },
    };
  },
});
