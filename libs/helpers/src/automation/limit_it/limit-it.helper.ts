import { z } from 'zod';
import { choice, wholeNumber } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunIdentity } from '../../_kit/run-context.js';

const HOUR = 3600;
const WINDOW_SECONDS = { per_hour: HOUR, per_day: 24 * HOUR, per_week: 7 * 24 * HOUR, per_month: 30 * 24 * HOUR };

type Window = keyof typeof WINDOW_SECONDS;
type Scope = 'contact' | 'helper' | 'account';

function counterKey(scope: Scope, window: Window, { accountId, helperId, contactId }: RunIdentity): string {
  if (scope === 'helper') return `limit:${helperId}:${window}`;
  if (scope === 'account') return `limit:${accountId}:${helperId}:${window}`;
  if (contactId === undefined || contactId === '') {
    throw new HelperFailure('contact_required', 'give_up', 'Counting per contact needs a contact.');
  }
  return `limit:${helperId}:${contactId}:${window}`;
}

export const limitIt = defineHelper({
  type: 'limit_it',
  category: 'automation',
  title: 'Limit It',
  summary: 'Counts runs per contact, helper or account in a time window and says whether the limit is reached.',
  rules: [
    'A window is fixed and begins with its first run: 1 hour, 24 hours, 7 days or 30 days.',
    'Counting is atomic, and a repeated delivery counts once.',
    'The account scope counts this helper over the whole account.',
    'As a step of a chain, a reached limit ends the chain: with `skip` successfully, with `error` as a failure (`rate_limit_exceeded`).',
    'A maximum of 0 or less means 1.',
  ],
  requiresCrm: false,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: { count: 'repeatable' },
  config: z.object({
    limit_type: choice(['per_hour', 'per_day', 'per_week', 'per_month'], 'Length of the window').default('per_day'),
    max_executions: wholeNumber('Runs allowed in a window').prefault(1),
    scope: choice(['contact', 'helper', 'account'], 'What is counted').default('contact'),
    action_on_limit: choice(['skip', 'error'], 'What a reached limit does').default('skip'),
  }),

  async run({ config, counters, identity, effect }) {
    const { limit_type: window, scope, action_on_limit: action } = config;
    const max = Math.max(1, config.max_executions);
    const key = counterKey(scope, window, identity);
    const { allowed, count } = await effect(
      { step: 'count', operation: 'count', target: key, summary: 'Count this run' },
      () => counters.countInWindow(key, max, WINDOW_SECONDS[window]),
    );
    if (!allowed && action === 'error') {
      throw new HelperFailure('rate_limit_exceeded', 'give_up', `The limit of ${max} ${window} is reached.`);
    }
    return {
      success: true,
      modifiedData: { limit_reached: !allowed, current_count: count, max_allowed: max, limit_type: window, scope },
      actions: [{ type: allowed ? 'rate_limit_checked' : 'rate_limit_reached', target: key, value: count }],
      endsChain: !allowed,
    };
  },
});
