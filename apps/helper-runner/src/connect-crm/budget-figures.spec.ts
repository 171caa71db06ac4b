import { expect, it } from '@jest/globals';
import { metrics, type ObservableCallback } from '@opentelemetry/api';
import type { KvRateBudget, WindowLeft } from '#connectors';

/** A meter that keeps what is observed, in place before the figures are defined. */
const callbacks: ObservableCallback[] = [];
const observed: { value: number; labels: unknown }[] = [];
const instrument = {
  add: () => undefined,
  addCallback: (callback: ObservableCallback) => callbacks.push(callback),
  removeCallback: () => undefined,
};
metrics.setGlobalMeterProvider({
  getMeter: () => ({ createCounter: () => instrument, createObservableGauge: () => instrument }) as never,
});

it('shows the least that is left of each budget', async () => {
  const { showBudgets } = await import('./budget-figures.js');
  const left = (scope: string, ms: number, remaining: number): WindowLeft => ({
    scope,
    platform: 'hubspot',
    limit: 100,
    ms,
    remaining,
    resetsAt: new Date(),
  });
  const windows = [left('app', 10_000, 90), left('app', 10_000, 12), left('search', 1_000, 5)];
  showBudgets({ lastSeen: () => windows } as KvRateBudget);
  for (const callback of callbacks) {
    await callback({ observe: (value: number, labels: unknown) => observed.push({ value, labels }) } as never);
  }
  expect(observed).toEqual([
    { value: 12, labels: { platform: 'hubspot', budget: 'app', window_seconds: 10 } },
    { value: 5, labels: { platform: 'hubspot', budget: 'search', window_seconds: 1 } },
  ]);
});
