import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connectorHttp, openConnection, type Connection, type PlatformPlaces } from '#connectors';
import type { HttpRequester } from '#http';
import { OPERATIONS, VENDORS, type Operation } from './operations.js';
import { ReplayHttp } from './replay-http.js';

const MEASURED_MS = 250;
const WARM_UP_MS = 80;
const BATCH = 20;
const STARTING_MS = 30_000;

interface Cost {
  per_second: number;
  cpu_ms: number;
}

interface Row {
  vendor: string;
  operation: string;
  requests: number;
  per_second: number;
  cpu_ms_per_request: number;
  /** CPU of an operation to that of its bare requests with their answers parsed. */
  ratio_to_bare: number;
  /** The same through the guarded HTTP client to the demo CRM, whose own CPU is not in it. */
  http_per_second: number;
  http_cpu_ms_per_request: number;
}

/** The value in the middle: one batch in which something else was collected or compiled says nothing. */
const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  await batchesFor(WARM_UP_MS, work);
  const batches = await batchesFor(MEASURED_MS, work);
  const wallMs = middle(batches.map((batch) => batch.wallMs));
  return { per_second: 1000 / wallMs, cpu_ms: middle(batches.map((batch) => batch.cpuMs)) };
}

async function batchesFor(ms: number, work: () => Promise<unknown>): Promise<{ wallMs: number; cpuMs: number }[]> {
  const batches: { wallMs: number; cpuMs: number }[] = [];
  for (let passed = 0; passed < ms;) {
    const cpu = process.cpuUsage();
    const begun = performance.now();
    for (let run = 0; run < BATCH; run += 1) await work();
    const wallMs = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    batches.push({ wallMs: wallMs / BATCH, cpuMs: (user + system) / 1000 / BATCH });
    passed += wallMs;
  }
  return batches;
}

/** One operation: recorded once against the demo CRM, then measured without latency, then over HTTP. */
async function measured(
  vendor: string,
  operation: Operation,
  connection: Connection,
  replay: ReplayHttp,
  http: HttpRequester,
) {
  let requests = 0;
  const run = (): Promise<unknown> => operation.act(connection.connector({ onCall: () => (requests += 1) }));
  replay.record(http);
  await run();
  requests = 0;
  await run();
  const each = requests;
  const overHttp = await costOf(run);
  replay.record(http);
  await run();
  replay.replay();
  const cost = await costOf(run);
  const bare = await costOf(() => replay.bareCall());
  const row: Row = {
    vendor,
    operation: operation.name,
    requests: each,
    per_second: Math.round(cost.per_second),
    cpu_ms_per_request: rounded(cost.cpu_ms / each),
    ratio_to_bare: Math.round((cost.cpu_ms / bare.cpu_ms) * 10) / 10,
    http_per_second: Math.round(overHttp.per_second),
    http_cpu_ms_per_request: rounded(overHttp.cpu_ms / each),
  };
  return row;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

async function started(url: string): Promise<void> {
  const until = performance.now() + STARTING_MS;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch((error: unknown) => error);
    if (answer instanceof Response && answer.ok) return;
    if (performance.now() > until) throw new Error(`The demo CRM at ${url} did not start`, { cause: answer });
    await sleep(50);
  }
}

async function rowsOf(url: string, only: string | undefined): Promise<Row[]> {
  const config = { MFH_MODE: 'test', MFH_LIMITS: 'lifted', MFH_CRMS: 'sandbox', MFH_SANDBOX_URL: url } as const;
  const http = connectorHttp(config);
  const places: PlatformPlaces = { sandboxUrl: url, crms: 'sandbox' };
  const rows: Row[] = [];
  for (const { platform, credentials } of VENDORS.filter((vendor) => only === undefined || vendor.platform === only)) {
    const replay = new ReplayHttp();
    const connection = openConnection({ platform, credentials: credentials(url) }, { http: replay, places });
    for (const operation of OPERATIONS) rows.push(await measured(platform, operation, connection, replay, http));
  }
  await http.close();
  return rows;
}

function printTable(rows: readonly Row[]): void {
  const line = (...cells: (string | number)[]): void =>
    console.log(cells.map((cell, at) => (at < 2 ? String(cell).padEnd(20) : String(cell).padStart(16))).join(''));
  line(
    'vendor',
    'operation',
    'requests',
    'per second',
    'CPU-ms/request',
    'to bare',
    'HTTP per second',
    'HTTP CPU-ms/req',
  );
  for (const row of rows) line(...Object.values<string | number>({ ...row }));
  console.log(
    '\nThe first three figures are against a fake that answers at once in this process; "to bare" compares its CPU with ' +
      'the same answers fetched and parsed without a connector. The last two go through the HTTP client to a demo CRM.',
  );
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, vendor: { type: 'string' } } });
const url = process.env['BENCH_SANDBOX_URL'];
if (url === undefined) throw new Error('Run this with npm run bench:connectors');
await started(url);
const rows = await rowsOf(url, values.vendor);
if (values.json) console.log(JSON.stringify(rows));
else printTable(rows);
