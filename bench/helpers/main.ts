import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { exampleRuns, type ExampleRun } from './example-runs.js';

const MOST_LOAD_MS = 300;
const LOADS = 5;
const MIB = 1024 * 1024;

const Loaded = z.object({ milliseconds: z.number(), types: z.number(), heapBytes: z.number(), rssBytes: z.number() });

const round = (value: number): number => Math.round(value * 10) / 10;

/** Of several fresh processes, the one in the middle: the first one may read from a cold disk. */
function loadOfCatalogue() {
  const script = fileURLToPath(new URL('load.js', import.meta.url));
  const loads = Array.from({ length: LOADS }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', script], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`The catalogue could not be loaded: ${stderr}`);
    return Loaded.parse(JSON.parse(stdout));
  }).sort((a, b) => a.milliseconds - b.milliseconds);
  const middle = loads[Math.floor(LOADS / 2)];
  if (middle === undefined) throw new Error('The catalogue was never loaded');
  return {
    types: middle.types,
    load_ms: round(middle.milliseconds),
    limit_load_ms: MOST_LOAD_MS,
    heap_mb: round(middle.heapBytes / MIB),
    rss_mb: round(middle.rssBytes / MIB),
  };
}

const tooSlow = ({ cpu_ms: cpu, limit_cpu_ms: limit }: ExampleRun): boolean => limit !== null && cpu > limit;

function printTable(runs: readonly ExampleRun[], catalogue: ReturnType<typeof loadOfCatalogue>): void {
  const row = (...cells: (string | number)[]): void =>
    console.log(
      cells.map((cell, index) => (index === 0 ? String(cell).padEnd(28) : String(cell).padStart(14))).join(''),
    );
  row('type', 'category', 'executions/s', 'CPU-ms each', 'limit', 'asks others');
  for (const run of runs.toSorted((a, b) => b.cpu_ms - a.cpu_ms)) {
    const limit = run.limit_cpu_ms === null ? 'none' : tooSlow(run) ? `${run.limit_cpu_ms} EXCEEDED` : run.limit_cpu_ms;
    row(run.type, run.category, run.per_second, run.cpu_ms, limit, run.pure ? '' : 'yes');
  }
  console.log(
    `\n${catalogue.types} types load in ${catalogue.load_ms} ms (wanted: under ${MOST_LOAD_MS}) ` +
      `and hold ${catalogue.heap_mb} MB of heap, ${catalogue.rss_mb} MB resident.`,
  );
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, type: { type: 'string' } } });
const catalogue = loadOfCatalogue();
const helpers = await exampleRuns(values.type);
if (values.json) console.log(JSON.stringify({ catalogue, helpers }));
else printTable(helpers, catalogue);
if (catalogue.load_ms > MOST_LOAD_MS || helpers.some(tooSlow)) process.exitCode = 1;
