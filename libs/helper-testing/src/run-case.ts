import { configErrors, runHelper, type HelperDefinition, type RunOutcome } from '#helpers';
import { compareCalls } from './compare/compare-calls.js';
import { compareDeliveries } from './compare/compare-deliveries.js';
import { compareHttp } from './compare/compare-http.js';
import { compareOutput } from './compare/compare-output.js';
import { compareSheet } from './compare/compare-sheet.js';
import type { Expectation, VectorCase } from './vector-case.js';
import { World } from './world/world.js';

const KNOWN_EXPECTATIONS: ReadonlySet<string> = new Set([
  'valid_config',
  'error',
  'success',
  'calls',
  'calls_include',
  'calls_exclude',
  'modified_data',
  'actions',
  'unordered',
  'volatile',
  'state_after',
  'enqueued',
  'http',
  'contact_after',
  'expires_at',
  'secrets_absent_from_output',
  'files_left_behind',
  'mail',
  'file',
  'effects',
  'sheet_before',
  'sheet_after',
  'note',
]);

/** What must happen: the recorded behaviour, or what a good implementation does instead. */
function expectationOf({ expect, should, original_is_wrong: wrong }: VectorCase): Expectation {
  return wrong === true && should !== undefined ? { ...expect, ...should } : expect;
}

function uncheckable(expected: Expectation): string[] {
  const keys = Object.keys(expected).filter((key) => !KNOWN_EXPECTATIONS.has(key));
  return keys.map((key) => `this runner cannot check ${key}`);
}

function compareVerdict(expected: Expectation, outcome: RunOutcome): string[] {
  const { success, failure } = outcome;
  const wanted = expected.success ?? true;
  if (wanted && !success) return [`should succeed, but failed with ${failure?.code ?? '?'}: ${failure?.message ?? ''}`];
  return !wanted && success ? ['should not succeed, but did'] : [];
}

function compareRun(vector: VectorCase, expected: Expectation, outcome: RunOutcome, world: World): string[] {
  const { should, original_is_wrong: wrong = false, nondeterministic: random = false } = vector;
  const httpIsFree = expected.volatile?.includes('http') === true;
  const problems = [
    ...compareVerdict(expected, outcome),
    ...compareCalls(expected, world.crm.calls, { crm: vector.crm ?? {}, random }),
    ...(httpIsFree ? [] : compareHttp(world.withoutFakes(expected.http ?? vector.http ?? []), world.http.requests)),
  ];
  if (outcome.success) problems.push(...compareDeliveries(expected, world), ...compareSheet(expected, world));
  const text = JSON.stringify(outcome.output);
  for (const secret of expected.secrets_absent_from_output ?? []) {
    if (text.includes(secret)) problems.push('the output shows a secret');
  }
  if (expected.success === false || !outcome.success) return problems;
  const data = !wrong || should?.modified_data !== undefined;
  const actions = !wrong || should?.actions !== undefined;
  return [...problems, ...compareOutput(expected, outcome, world, { data, actions, random })];
}

/**
 * Runs one case against a definition and compares by the rules of the vectors.
 * @returns one sentence for each mismatch; empty when the case holds
 */
export async function mismatchesOf(definition: HelperDefinition, vector: VectorCase): Promise<string[]> {
  const expected = expectationOf(vector);
  const errors = configErrors(definition, vector.config, { preselect: false });
  const valid = errors.length === 0;
  if (valid !== (expected.valid_config ?? true)) {
    const why = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
    return [`valid_config should be ${String(!valid)}, but is ${String(valid)}${why === '' ? '' : ` (${why})`}`];
  }
  if (!valid) return [];
  const impossible = uncheckable(expected);
  if (impossible.length > 0) return impossible;

  const world = new World(vector, expected.http ?? vector.http ?? [], expected.sheet_before);
  const outcome = await runHelper(definition, world.ports, world.job);
  const problems = compareRun(vector, expected, outcome, world);
  if (vector.second_run === undefined) return problems;
  return [...problems, ...(await secondRun(definition, vector.second_run, world))];
}

/** The same execution once more: what was journalled must not happen again. */
async function secondRun(definition: HelperDefinition, expected: Expectation, world: World): Promise<string[]> {
  const before = { calls: world.crm.calls.length, requests: world.http.requests.length };
  const outcome = await runHelper(definition, world.ports, world.job);
  return [
    ...compareVerdict(expected, outcome),
    ...compareCalls(expected, world.crm.calls.slice(before.calls), { crm: {}, random: false }),
    ...compareHttp(expected.http ?? [], world.http.requests.slice(before.requests)),
  ].map((problem) => `second run: ${problem}`);
}
