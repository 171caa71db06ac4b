import type { RecordedCall } from '../world/memory-crm.js';
import type { CaseCrm, ExpectedCall, Expectation } from '../vector-case.js';
import { compareUnordered, compareValues } from './compare-values.js';
import { show } from './matchers.js';

const WRITES: ReadonlySet<string> = new Set([
  'ApplyTag',
  'RemoveTag',
  'CreateContact',
  'UpdateContact',
  'DeleteContact',
  'SetContactFieldValue',
  'TriggerAutomation',
  'AchieveGoal',
  'SetOptInStatus',
  'CreateNote',
  'CreateTag',
]);

export const isWrite = ({ op }: { op: string }): boolean => WRITES.has(op);

/** A tag is the same whether it is named or numbered. */
function withTagIds(call: ExpectedCall, crm: CaseCrm): ExpectedCall {
  const [contact, tag] = call.args;
  if ((call.op !== 'ApplyTag' && call.op !== 'RemoveTag') || typeof tag !== 'string') return call;
  const tags = crm.tags ?? [];
  const named = tags.find(({ name }) => name.trim().toLowerCase() === tag.trim().toLowerCase());
  return tags.some(({ id }) => id === tag) || named === undefined ? call : { ...call, args: [contact, named.id] };
}

/** Of a run with random parts: which operations, on which contact. */
const shape = ({ op, args }: ExpectedCall): ExpectedCall => ({ op, args: args.slice(0, 1) });

export interface CallComparison {
  crm: CaseCrm;
  random: boolean;
}

/** Compares the writing calls; reads are information. */
export function compareCalls(
  expected: Expectation,
  actual: readonly RecordedCall[],
  { crm, random }: CallComparison,
): string[] {
  const prepare = (calls: readonly ExpectedCall[]): ExpectedCall[] =>
    calls.filter(isWrite).map((call) => (random ? shape(call) : withTagIds(call, crm)));
  const done = prepare(actual);
  const free = expected.calls_include !== undefined || expected.calls_exclude !== undefined;
  const problems: string[] = [];
  if (!free && expected.calls !== undefined) {
    const wanted = prepare(expected.calls);
    const unordered = expected.unordered?.includes('calls') === true;
    problems.push(...(unordered ? compareUnordered(wanted, done, 'calls') : compareValues(wanted, done, 'calls')));
  }
  const has = (wanted: ExpectedCall): boolean => done.some((call) => compareValues(wanted, call, 'call').length === 0);
  for (const wanted of prepare(expected.calls_include ?? [])) {
    if (!has(wanted)) problems.push(`calls should include ${show(wanted)}, but are ${show(done)}`);
  }
  for (const unwanted of prepare(expected.calls_exclude ?? [])) {
    if (has(unwanted)) problems.push(`calls should not include ${show(unwanted)}`);
  }
  return problems;
}
