import type { KvRateBudget, RateScope, WindowLeft } from '#connectors';
import { counter, gauge } from '#telemetry';

const asked = counter({
  name: 'mfh.connections.budget_calls',
  description: 'Calls that asked for a place in a vendor request budget, by platform, budget and whether they got it',
  unit: '{call}',
});

/** Counts the answers of a budget. */
export const countAnswer = ({ platform = '', name }: RateScope, granted: boolean): void =>
  asked.add(1, { platform, budget: name, granted });

/**
 * Shows how much is left of the vendors' budgets: for each the least of all connections that this process calls for,
 * because a figure for each connection would be too many.
 * @returns ends it
 */
export function showBudgets(budget: KvRateBudget): () => void {
  return gauge(
    {
      name: 'mfh.connections.budget_left',
      description: 'Calls left in a window of a vendor request budget, the least of all connections in use',
      unit: '{call}',
    },
    () =>
      leastOf(budget.lastSeen()).map(({ platform = '', scope, ms, remaining }) => ({
        value: remaining,
        labels: { platform, budget: scope, window_seconds: ms / 1000 },
      })),
  );
}

function leastOf(windows: readonly WindowLeft[]): WindowLeft[] {
  const least = new Map<string, WindowLeft>();
  for (const window of windows) {
    const key = `${window.platform ?? ''} ${window.scope} ${window.ms}`;
    const known = least.get(key);
    if (known === undefined || window.remaining < known.remaining) least.set(key, window);
  }
  return [...least.values()];
}
