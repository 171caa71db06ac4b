import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startOtlpReceiver } from '#testing';
import { fullLoad, steadyLoad } from './load.js';
import { figuresOf } from './process-figures.js';
import { startProduct, type Product } from './product.js';
import { Records } from './records.js';
import { printTable, type BenchReport } from './report.js';
import { benchSettings, given } from './settings.js';

const settings = benchSettings(process.argv.slice(2));
const servers = { mongod: Number(given('BENCH_MONGOD_PID')), 'nats-server': Number(given('BENCH_NATS_PID')) };
const WARM_UP_S = 5;
const LATENCY_S = 10;
const LOW_RATE = 100;

const round = (value: number): number => Math.round(value * 100) / 100;

interface Throughput {
  perSecond: number;
  cpuMs: number;
  refused: number;
  /** Commands to MongoDB per execution. */
  commands: number;
  /** CPU-ms per execution of each process. */
  byProcess: Record<string, number>;
}

/** Loads the product as hard as fifty connections can and counts what completed until everything had ended. */
async function throughput(product: Product, records: Records, seconds: number): Promise<Throughput> {
  await fullLoad(product, WARM_UP_S);
  await records.drained();
  const pids = pidsOf(product);
  const cpuBefore = pids.map(([, pid]) => figuresOf(pid).cpuMs);
  const commandsBefore = await records.commandsSoFar();
  const begun = new Date();
  const refused = await fullLoad(product, seconds);
  const ended = await records.drained();
  const { completed } = await records.completedSince(begun);
  const commands = ((await records.commandsSoFar()) - commandsBefore) / completed;
  const used = pids.map(
    ([name, pid], index) => [name, (figuresOf(pid).cpuMs - (cpuBefore[index] ?? 0)) / completed] as const,
  );
  return {
    perSecond: completed / ((ended - begun.getTime()) / 1000),
    cpuMs: used.reduce((sum, [, ms]) => sum + ms, 0),
    refused,
    commands: round(commands),
    byProcess: Object.fromEntries(used.map(([name, ms]) => [name, round(ms)])),
  };
}

async function latencies(product: Product, records: Records, rate: number) {
  const begun = new Date();
  const { acceptP50, acceptP99 } = await steadyLoad(product, LATENCY_S, rate);
  await records.drained();
  const { p50, p99 } = await records.completedSince(begun);
  return {
    rate: Math.round(rate),
    accept_p50_ms: acceptP50,
    accept_p99_ms: acceptP99,
    complete_p50_ms: p50,
    complete_p99_ms: p99,
  };
}

const pidsOf = (product: Product): [string, number][] => [
  ...Object.entries(product.processes).map(([name, { pid }]): [string, number] => [name, pid]),
  ...Object.entries(servers),
];

const rss = (product: Product): Record<string, number> =>
  Object.fromEntries(pidsOf(product).map(([name, pid]) => [name, figuresOf(pid).rssMb]));

function bare(copyFrom: string): { executions: number; seconds: number; cpu_ms: number } {
  const script = fileURLToPath(new URL('../bare/main.js', import.meta.url));
  const env = { ...process.env, BENCH_COPY_INDEXES_FROM: copyFrom, BENCH_SECONDS: String(settings.seconds) };
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The bare script failed: ${stderr}`);
  return JSON.parse(stdout) as { executions: number; seconds: number; cpu_ms: number };
}

async function withTelemetry(prefix: string): Promise<number> {
  const receiver = await startOtlpReceiver();
  const env = {
    ...receiver.variables,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.1',
  };
  const product = await startProduct({ databasePrefix: prefix, env });
  const records = await Records.open(given('MFH_MONGO_URL'), prefix);
  try {
    return (await throughput(product, records, settings.seconds)).perSecond;
  } finally {
    await records.close();
    await product.stop();
    await receiver.stop();
  }
}

async function run(): Promise<BenchReport> {
  const prefix = 'bench_';
  const profiling =
    settings.profile === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${settings.profile}` };
  const product = await startProduct({ databasePrefix: prefix, env: profiling });
  const records = await Records.open(given('MFH_MONGO_URL'), prefix);
  try {
    const rssIdle = rss(product);
    const measured = await throughput(product, records, settings.seconds);
    const half = await latencies(product, records, measured.perSecond / 2);
    const low = await latencies(product, records, LOW_RATE);
    const rssAfter = rss(product);
    await product.stop();
    const limit = bare(prefix);
    const limitPerSecond = limit.executions / limit.seconds;
    const limitCpu = limit.cpu_ms / limit.executions;
    const telemetry = settings.telemetry ? await withTelemetry('telemetry_') : undefined;
    return {
      cores: availableParallelism(),
      executions_per_s: Math.round(measured.perSecond),
      limit_per_s: Math.round(limitPerSecond),
      ratio: round(measured.perSecond / limitPerSecond),
      cpu_ms_per_execution: round(measured.cpuMs),
      limit_cpu_ms_per_execution: round(limitCpu),
      cpu_ratio: round(measured.cpuMs / limitCpu),
      cpu_ms_by_process: measured.byProcess,
      database_commands_per_execution: measured.commands,
      refused: measured.refused,
      half_load: half,
      low_load: low,
      rss_idle_mb: rssIdle,
      rss_after_mb: rssAfter,
      ...(telemetry !== undefined && {
        telemetry_executions_per_s: Math.round(telemetry),
        telemetry_ratio: round(telemetry / measured.perSecond),
      }),
    };
  } finally {
    await records.close();
    await product.stop();
  }
}

const report = await run();
process.stdout.write(settings.json ? `${JSON.stringify(report)}\n` : printTable(report));
process.exit(0);
