import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { helperCatalogue, runHelper, type HelperDefinition } from '#helpers';
import { readCases, World, type VectorCase } from '#helper-testing';

/** A type's own cost: everything around it is in memory. */
export interface ExampleRun {
  type: string;
  category: string;
  example: string;
  /** Nothing outside the CRM is asked or told. */
  pure: boolean;
  per_second: number;
  cpu_ms: number;
  limit_cpu_ms: number | null;
}

export const MOST_CPU_MS = 1;
/** Make spreadsheets or pictures. */
const HEAVY: ReadonlySet<string> = new Set(['excel_it']);

const WARM_UP_MS = 30;
const MEASURED_MS = 120;
const WORLDS = 20;

const casesIn = (folder: string, ending: string): VectorCase[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .flatMap((file) => readCases(join(folder, file)))
    : [];

const expectationOf = ({ expect, should, original_is_wrong: wrong }: VectorCase): VectorCase['expect'] =>
  wrong === true && should !== undefined ? { ...expect, ...should } : expect;

const worldOf = (vector: VectorCase): World => new World(vector, expectationOf(vector).http ?? vector.http ?? []);

/** The first case of the type that succeeds: the one its documentation page shows. */
async function exampleOf(definition: HelperDefinition, recorded: readonly VectorCase[]): Promise<VectorCase> {
  const own = casesIn(join('libs/helpers/src', definition.category, definition.type), '.cases.jsonl');
  for (const vector of [...recorded, ...own].filter(({ type }) => type === definition.type)) {
    if (expectationOf(vector).success !== true) continue;
    const world = worldOf(vector);
    if ((await runHelper(definition, world.ports, world.job)).success) return vector;
  }
  throw new Error(`No case of ${definition.type} succeeds`);
}

/** The value in the middle: one batch in which something else was collected or compiled says nothing. */
const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Runs until the time is over. Worlds are made outside what is measured. */
async function runFor(milliseconds: number, definition: HelperDefinition, vector: VectorCase) {
  const batches: { wallMs: number; cpuMs: number }[] = [];
  let wallMs = 0;
  while (wallMs < milliseconds) {
    const worlds = Array.from({ length: WORLDS }, () => worldOf(vector));
    const cpu = process.cpuUsage();
    const begun = performance.now();
    for (const { ports, job } of worlds) await runHelper(definition, ports, job);
    const batchMs = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    batches.push({ wallMs: batchMs / WORLDS, cpuMs: (user + system) / 1000 / WORLDS });
    wallMs += batchMs;
  }
  return { wallMs: middle(batches.map((batch) => batch.wallMs)), cpuMs: middle(batches.map((batch) => batch.cpuMs)) };
}

async function measured(definition: HelperDefinition, vector: VectorCase): Promise<ExampleRun> {
  const world = worldOf(vector);
  await runHelper(definition, world.ports, world.job);
  const outside = world.http.requests.length + world.mail.sent.length + world.files.stored.length;
  await runFor(WARM_UP_MS, definition, vector);
  const { wallMs, cpuMs } = await runFor(MEASURED_MS, definition, vector);
  return {
    type: definition.type,
    category: definition.category,
    example: vector.id,
    pure: outside === 0,
    per_second: Math.round(1000 / wallMs),
    cpu_ms: Math.round(cpuMs * 10_000) / 10_000,
    limit_cpu_ms: HEAVY.has(definition.type) ? null : MOST_CPU_MS,
  };
}

/** Every type by its example, one after the other. @param only a single type */
export async function exampleRuns(only?: string): Promise<ExampleRun[]> {
  const recorded = casesIn('test/vectors', '.jsonl');
  const definitions = [...helperCatalogue.values()].filter(({ type }) => only === undefined || type === only);
  const runs: ExampleRun[] = [];
  for (const definition of definitions) runs.push(await measured(definition, await exampleOf(definition, recorded)));
  return runs;
}
