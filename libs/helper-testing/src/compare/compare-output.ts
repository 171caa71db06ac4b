import type { RunOutcome } from '#helpers';
import type { Expectation } from '../vector-case.js';
import type { World } from '../world/world.js';
import { compareUnordered, compareValues, type Comparison } from './compare-values.js';

type Free = readonly string[];

/** In a run with random parts, every text and number inside is free. */
const onlyKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(onlyKeys);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, onlyKeys(each)]));
  }
  return typeof value;
};

function compareActions(expected: Expectation, outcome: RunOutcome, comparison: Comparison, random: boolean): string[] {
  const wanted: unknown[] = (expected.actions ?? []).map((action) => (random ? action['type'] : action));
  const done: unknown[] = outcome.output.actions.map((action) => (random ? action.type : action));
  return expected.unordered?.includes('actions') === true
    ? compareUnordered(wanted, done, 'actions', comparison)
    : compareValues(wanted, done, 'actions', comparison);
}

function compareState(expected: Expectation, world: World, free: Free): string[] {
  const { counters, timers, ...others } = expected.state_after ?? {};
  return [
    ...(timers === undefined
      ? []
      : compareValues(timers, Object.fromEntries(world.state.values), 'state_after.timers', { free })),
    ...(counters === undefined
      ? []
      : compareValues(counters, Object.fromEntries(world.counters.counters), 'state_after.counters', { free })),
    ...Object.keys(others).map((key) => `this runner cannot compare state_after.${key}`),
  ];
}

function compareEnqueued(expected: Expectation, world: World): string[] {
  if (expected.enqueued === undefined) return [];
  const { enqueued } = world.children;
  if (enqueued.length !== expected.enqueued.length) return compareValues(expected.enqueued, enqueued, 'enqueued');
  return expected.enqueued.flatMap((wanted, index) =>
    compareValues(wanted, enqueued[index], `enqueued[${index}]`, { open: true }),
  );
}

function compareContact(expected: Expectation, world: World): string[] {
  const { contactId = '' } = world.job.identity;
  const { custom_fields: custom = {}, ...standard } = expected.contact_after ?? {};
  return Object.entries({ ...standard, ...(custom as Record<string, unknown>) }).flatMap(([key, value]) =>
    compareValues(value, world.crm.contacts.field(contactId, key), `contact_after.${key}`),
  );
}

export interface OutputComparison {
  /** Whether data and actions are compared. */
  data: boolean;
  actions: boolean;
  random: boolean;
}

/** Compares what a successful run answers and leaves behind. */
export function compareOutput(
  expected: Expectation,
  outcome: RunOutcome,
  world: World,
  what: OutputComparison,
): string[] {
  const free = expected.volatile ?? [];
  const comparison = { free, requestBody: world.http.requests.at(-1)?.body ?? '' };
  const { modified_data: data } = outcome.output;
  const wanted = expected.modified_data ?? {};
  const [left, right] = what.random ? [onlyKeys(wanted), onlyKeys(data)] : [wanted, data];
  return [
    ...(what.data ? compareValues(left, right, 'modified_data', { ...comparison, open: true }) : []),
    ...(what.actions ? compareActions(expected, outcome, comparison, what.random) : []),
    ...(expected.expires_at === undefined
      ? []
      : compareValues(expected.expires_at, data['expires_at'], 'modified_data.expires_at')),
    ...compareState(expected, world, free),
    ...compareEnqueued(expected, world),
    ...compareContact(expected, world),
  ];
}
