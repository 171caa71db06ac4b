import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { configSchemaOf, runHelper, type RunOutcome } from '#helpers';
import { isWrite, type World } from '#helper-testing';
import { expectationOf, typesWithCases, type TypeWithCases } from './support/all-cases.js';
import { hostileCaseOf, hostileWorld } from './support/hostile-case.js';

/** Other numbers find more: PROPERTY_SEED=7 PROPERTY_RUNS=2000 npm run jest -- test/vectors/bad-input. */
const { PROPERTY_SEED = '20260115', PROPERTY_RUNS = '60' } = process.env;
/** Far above what a run needs and far below what a runaway pattern takes. */
const MOST_CPU_MS = 1_500;
const MINUTE = 60_000;

const NEVER_TEXT = /\bNaN\b|\bInfinity\b|\bundefined\b|\d[eE]\+\d|\[object /;
/** Inside JSON it is a value. */
const NULL_WORD = /^[^[{]*\bnull\b/;

/** Paths of values that no CRM may be given. */
function unfit(value: unknown, path: string, nullClears: boolean): string[] {
  if (value === undefined || (value === null && !nullClears)) return [`${path} is ${String(value)}`];
  if (typeof value === 'number') {
    return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  }
  if (typeof value === 'string') return NEVER_TEXT.test(value) || NULL_WORD.test(value) ? [`${path} is ${value.slice(0, 200)}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => unfit(each, `${path}.${key}`, nullClears));
}

/** Numbers that JSON would turn into null. */
function nonFinite(value: unknown, path: string): string[] {
  if (typeof value === 'number' && !Number.isFinite(value)) return [`${path} is ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => nonFinite(each, `${path}.${key}`));
}

const holdsNull = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.values(value ?? {}).some(holdsNull));

/** Types whose configuration may ask for null, which clears a field: a case says so. */
const clearsByNull = ({ cases }: TypeWithCases): boolean =>
  cases.some((vector) => expectationOf(vector).calls?.some((call) => isWrite(call) && holdsNull(call.args)));

const isRead = ({ op }: { op: string }): boolean => op.startsWith('Get');

/**
 * Types whose independent parts go on when a read failed: those of which a case says so, and those whose caller waits
 * for a route, which they always deliver and save.
 */
const goesOn = ({ definition, cases }: TypeWithCases): boolean =>
  configSchemaOf(definition).properties?.['fallback_url'] !== undefined ||
  cases.some((vector) => {
    const fails = [...(vector.crm?.errors ?? []), ...(vector.crm?.fail ?? [])].some(isRead);
    const { calls = [], calls_include: more = [] } = expectationOf(vector);
    return fails && [...calls, ...more].some(isWrite);
  });

type RecordedCall = World['crm']['calls'][number];

function writesAfter(calls: readonly RecordedCall[], failing: readonly string[]): RecordedCall[] {
  const first = calls.findIndex(({ op }) => failing.includes(op));
  return first < 0 ? [] : calls.slice(first).filter(isWrite);
}

function problemsOf(each: TypeWithCases, failing: readonly string[], outcome: RunOutcome, world: World): string[] {
  const crashed = outcome.failure?.code === 'internal_error';
  const cause = outcome.failure?.cause;
  const { calls } = world.crm;
  const late = goesOn(each) ? [] : writesAfter(calls, failing);
  return [
    ...(crashed ? [`crashed: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`] : []),
    ...calls.filter(isWrite).flatMap(({ op, args }) => unfit(args, op, clearsByNull(each))),
    ...nonFinite(outcome.output, 'output'),
    ...late.map(({ op, args }) => `${op} ${JSON.stringify(args).slice(0, 300)} after a failed read`),
  ];
}

describe.each(typesWithCases)('$type', (each) => {
  test(
    'survives every configuration, contact, request and answer',
    async () => {
      const property = fc.asyncProperty(hostileCaseOf(each), async (hostile) => {
        const world = hostileWorld(hostile);
        const before = process.cpuUsage();
        const outcome = await runHelper(each.definition, world.ports, world.job);
        const { user } = process.cpuUsage(before);
        expect(problemsOf(each, hostile.failing, outcome, world)).toEqual([]);
        expect(user / 1000).toBeLessThan(MOST_CPU_MS);
      });
      await fc.assert(property, { seed: Number(PROPERTY_SEED), numRuns: Number(PROPERTY_RUNS), endOnFailure: false });
    },
    2 * MINUTE,
  );
});
