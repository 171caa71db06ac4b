type Environment = Record<string, string | undefined>;

export interface TelemetrySettings {
  traces: boolean;
  metrics: boolean;
  /** Values that the SDK is to find in the environment; it takes an absent exporter for OTLP, we take it for none. */
  variables: Record<string, string>;
}

const SIGNALS = ['TRACES', 'METRICS', 'LOGS'] as const;

/** `dist/apps/helper-runner/src/main.js` runs the service `helper-runner`. */
function serviceNameOf(entryFile: string | undefined): string {
  const name = /apps[/\\]([^/\\]+)[/\\]/.exec(entryFile ?? '')?.[1];
  return name ?? 'myfusionhelper';
}

/**
 * Reads the standard `OTEL_*` variables. Without an exporter or endpoint named there, telemetry is off; logs always go
 * to standard output and are exported only when asked for by name.
 */
export function telemetrySettings(env: Environment, entryFile: string | undefined): TelemetrySettings {
  const variables: Record<string, string> = {};
  for (const signal of SIGNALS) {
    const name = `OTEL_${signal}_EXPORTER`;
    const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? env[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`];
    const unasked = endpoint === undefined || signal === 'LOGS' ? 'none' : 'otlp';
    variables[name] = env[name] === undefined || env[name] === '' ? unasked : env[name];
  }
  variables['OTEL_SERVICE_NAME'] = env['OTEL_SERVICE_NAME'] ?? serviceNameOf(entryFile);
  const enabled = env['OTEL_SDK_DISABLED']?.toLowerCase() !== 'true';
  return {
    traces: enabled && variables['OTEL_TRACES_EXPORTER'] !== 'none',
    metrics: enabled && variables['OTEL_METRICS_EXPORTER'] !== 'none',
    variables,
  };
}
