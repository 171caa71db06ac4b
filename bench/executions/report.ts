interface Latencies {
  rate: number;
  accept_p50_ms: number;
  accept_p99_ms: number;
  complete_p50_ms: number;
  complete_p99_ms: number;
}

/** The figures of one run; also what `--json` prints. */
export interface BenchReport {
  cores: number;
  executions_per_s: number;
  limit_per_s: number;
  ratio: number;
  cpu_ms_per_execution: number;
  limit_cpu_ms_per_execution: number;
  cpu_ratio: number;
  cpu_ms_by_process: Record<string, number>;
  limit_cpu_ms_by_process: Record<string, number>;
  database_commands_per_execution: number;
  refused: number;
  half_load: Latencies;
  low_load: Latencies;
  rss_idle_mb: Record<string, number>;
  rss_after_mb: Record<string, number>;
  telemetry_executions_per_s?: number;
  telemetry_cpu_ms_per_execution?: number;
  telemetry_ratio?: number;
}

const row = (label: string, value: string | number, wanted = ''): string =>
  `${label.padEnd(46)} ${String(value).padStart(10)}  ${wanted}\n`;

const latencyRows = (title: string, figures: Latencies): string =>
  row(`${title}: executions/s asked for`, figures.rate) +
  row(`${title}: accept p50 / p99, ms`, `${figures.accept_p50_ms} / ${figures.accept_p99_ms}`) +
  row(`${title}: completion p50 / p99, ms`, `${figures.complete_p50_ms} / ${figures.complete_p99_ms}`);

/** The figures as a person reads them, with what they should be where that is stated. */
export function printTable(report: BenchReport): string {
  const memory = Object.keys(report.rss_idle_mb)
    .map((name) =>
      row(`RSS of ${name}, idle / after, MB`, `${report.rss_idle_mb[name]} / ${report.rss_after_mb[name]}`),
    )
    .join('');
  return [
    '\n',
    row('Cores', report.cores),
    row('Executions/s, accepted to completed', report.executions_per_s),
    row('Limit: the same operations by a bare script', report.limit_per_s),
    row('Ratio', report.ratio, 'wanted: at least 0.5'),
    row('CPU-ms per execution, all server processes', report.cpu_ms_per_execution),
    row('Limit: CPU-ms per execution', report.limit_cpu_ms_per_execution),
    Object.entries(report.cpu_ms_by_process)
      .map(([name, ms]) => row(`CPU-ms per execution of ${name}`, ms))
      .join(''),
    Object.entries(report.limit_cpu_ms_by_process)
      .map(([name, ms]) => row(`Limit: CPU-ms per execution of ${name}`, ms))
      .join(''),
    row('CPU ratio', report.cpu_ratio, 'wanted: at most 2'),
    row('Commands to MongoDB per execution', report.database_commands_per_execution),
    row('Requests refused or failed', report.refused, 'wanted: 0'),
    latencyRows('Half load', report.half_load),
    latencyRows('100/s', report.low_load),
    row('', '', 'wanted: accept p50 at most 5 ms at 100/s'),
    memory,
    report.telemetry_ratio === undefined
      ? ''
      : row('Executions/s with telemetry (10 % sampled)', report.telemetry_executions_per_s ?? 0) +
        row('CPU-ms per execution with telemetry', report.telemetry_cpu_ms_per_execution ?? 0) +
        row('Telemetry ratio', report.telemetry_ratio, 'wanted: at least 0.9'),
    '\n',
  ].join('');
}
