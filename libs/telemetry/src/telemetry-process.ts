import { createRequire } from 'node:module';
import type { Attributes } from '@opentelemetry/api';
import { redactUrl } from '#http';
import { telemetrySettings } from './telemetry-settings.js';

interface RunningTelemetry {
  shutdown(): Promise<void>;
}

let running: RunningTelemetry | undefined;

/** Longest wait for the last spans and metrics to leave. */
const LAST_EXPORT_MS = 3000;

/**
 * Starts the OpenTelemetry SDK of this process when the `OTEL_*` variables ask for it, else loads nothing of it.
 * Must run before the first import of mongoose.
 * @returns whether telemetry is on
 */
export async function startTelemetry(
  env: NodeJS.ProcessEnv = process.env,
  entryFile: string | undefined = process.argv[1],
): Promise<boolean> {
  const settings = telemetrySettings(env, entryFile);
  if (running !== undefined || (!settings.traces && !settings.metrics)) return running !== undefined;
  Object.assign(env, settings.variables);
  const [{ NodeSDK }, { MongooseInstrumentation }, { UndiciInstrumentation }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/instrumentation-mongoose'),
    import('@opentelemetry/instrumentation-undici'),
  ]);
  const sdk = new NodeSDK({
    instrumentations: [
      new MongooseInstrumentation({ requireParentSpan: true }),
      new UndiciInstrumentation({ requireParentforSpans: true, startSpanHook: harmlessUrl }),
    ],
  });
  sdk.start();
  // The instrumentation patches mongoose in place when it is required; the later ESM import gets the patched copy.
  createRequire(import.meta.url)('mongoose');
  running = sdk;
  return true;
}

/** Addresses carry keys, tokens and people's e-mail addresses: spans get them masked. */
function harmlessUrl({ origin, path }: { origin: string; path: string }): Attributes {
  const url = redactUrl(origin + path);
  return { 'url.full': url, 'url.path': URL.parse(url)?.pathname ?? '', 'url.query': '' };
}

/** Sends what has not been sent and stops; does nothing when telemetry is off. The last thing a process does. */
export async function stopTelemetry(): Promise<void> {
  const sdk = running;
  if (sdk === undefined) return;
  running = undefined;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LAST_EXPORT_MS);
  });
  await Promise.race([sdk.shutdown(), limit]).finally(() => clearTimeout(timer));
}
