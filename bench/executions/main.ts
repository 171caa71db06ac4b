import { availableParallelism } from 'node:os';
import { BarePeer } from './bare-peer.js';
import { startCollector } from './collector.js';
import { fullLoad, steadyLoad } from './load.js';
import { figuresOf } from './process-figures.js';
import { startProduct, type Product } from './product.js';
import { Records } from './records.js';
import { printTable, type BenchReport } from './report.js';
import { benchSettings, given } from './settings.js';
import { added, cpuEach, loadedSlice, nothingYet, perSecond } from './throughput.js';

const settings = benchSettings(process.argv.slice(2));
const servers = { mongod: Number(given('BENCH_MONGOD_PID')), 'nats-server': Number(given('BENCH_NATS_PID')) };
const SLICES = 5;
const WARM_UP_S = 6;
const LATENCY_S = 10;
const LOW_RATE = 100;

const round = (value: number): number => Math.round(value * 100) / 100;

/** One installation of the product, with the records by which its work is counted. */
interface Side {
  product: Product;
  records: Records;
  pids: Record<string, number>;
  stop(): Promise<void>;
}

async function startSide(prefix: string, env: Record<string, string>): Promise<Side> {
  const profiling =
    settings.profile === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${settings.profile}/${prefix}` };
  const product = await startProduct({ databasePrefix: prefix, env: { ...profiling, ...env } });
  const records = await Records.open(given('MFH_MONGO_URL'), prefix);
  const own = Object.entries(product.processes).map(([name, { pid }]) => [name, pid] as const);
  return {
    product,
    records,
    pids: { ...Object.fromEntries(own), ...servers },
    stop: async () => {
      await records.close();
      await product.stop();
    },
  };
}

/** The same product with everything measured and a tenth of the traces recorded. */
async function startSideWithTelemetry(): Promise<Side> {
  const collector = await startCollector();
  const side = await startSide('telemetry_', {
    ...collector.variables,
    MFH_STREAM_PREFIX: 'telemetry_',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.1',
  });
  return {
    ...side,
    stop: async () => {
      await side.stop();
      await collector.stop();
    },
  };
}

async function warmUp({ product, records }: Side): Promise<void> {
  await fullLoad(product, WARM_UP_S);
  await records.drained();
}

async function latencies({ product, records }: Side, rate: number) {
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

const rss = (pids: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, figuresOf(pid).rssMb]));

async function run(): Promise<BenchReport> {
  const plain = await startSide('bench_', {});
  const rssIdle = rss(plain.pids);
  const bare = await BarePeer.start('bench_', servers);
  const telemetry = settings.telemetry ? await startSideWithTelemetry() : undefined;
  try {
    await warmUp(plain);
    if (telemetry !== undefined) await warmUp(telemetry);
    await bare.slice(WARM_UP_S);
    let [ours, limit, observed] = [nothingYet(), nothingYet(), nothingYet()];
    for (let slice = 0; slice < SLICES; slice += 1) {
      const seconds = settings.seconds / SLICES;
      ours = added(ours, await loadedSlice(plain.product, plain.records, plain.pids, seconds));
      limit = added(limit, await bare.slice(seconds));
      if (telemetry === undefined) continue;
      observed = added(observed, await loadedSlice(telemetry.product, telemetry.records, telemetry.pids, seconds));
    }
    await telemetry?.stop();
    await bare.stop();
    const half = await latencies(plain, perSecond(ours) / 2);
    const low = await latencies(plain, LOW_RATE);
    return {
      cores: availableParallelism(),
      executions_per_s: Math.round(perSecond(ours)),
      limit_per_s: Math.round(perSecond(limit)),
      ratio: round(perSecond(ours) / perSecond(limit)),
      cpu_ms_per_execution: round(cpuEach(ours)),
      limit_cpu_ms_per_execution: round(cpuEach(limit)),
      cpu_ratio: round(cpuEach(ours) / cpuEach(limit)),
      cpu_ms_by_process: Object.fromEntries(
        Object.entries(ours.cpuMs).map(([name, ms]) => [name, round(ms / ours.executions)]),
      ),
      limit_cpu_ms_by_process: Object.fromEntries(
        Object.entries(limit.cpuMs).map(([name, ms]) => [name, round(ms / limit.executions)]),
      ),
      database_commands_per_execution: round(ours.commands / ours.executions),
      refused: ours.refused,
      half_load: half,
      low_load: low,
      rss_idle_mb: rssIdle,
      rss_after_mb: rss(plain.pids),
      ...(telemetry !== undefined && {
        telemetry_executions_per_s: Math.round(perSecond(observed)),
        telemetry_cpu_ms_per_execution: round(cpuEach(observed)),
        telemetry_ratio: round(perSecond(observed) / perSecond(ours)),
      }),
    };
  } finally {
    await bare.stop();
    await plain.stop();
  }
}

const report = await run();
process.stdout.write(settings.json ? `${JSON.stringify(report)}\n` : printTable(report));
process.exit(0);
