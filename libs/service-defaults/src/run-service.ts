import { flushLog, logger, stopTelemetry } from '#telemetry';
import type { ServiceDefinition } from './define-service.js';
import { checkServicesConfig, startService, type RunningService } from './start-service.js';

const SIGNALS: NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];
/** A little more than services get to stop by themselves. */
const LAST_RESORT_MS = 24_900;

async function stopAll(running: readonly RunningService[]): Promise<void> {
  await Promise.all(running.map((service) => service.stop()));
  await stopTelemetry();
}

/** Stops on the first signal, in order and in time; the exit code says whether that went well. */
function stopOnSignal(running: readonly RunningService[]): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
    stopAll(running).then(
      () => {
        logger.info('stopped');
        void flushLog().then(() => process.exit(0));
      },
      (error: unknown) => {
        logger.error({ err: error }, 'the stop failed');
        void flushLog().then(() => process.exit(1));
      },
    );
  };
  for (const signal of SIGNALS) process.on(signal, stop);
}

/** An error nobody handled leaves the process in an unknown state: it is logged and the process ends. */
function exitOnUnforeseen(): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      logger.fatal({ err: error }, event);
      process.exit(1);
    });
  }
}

/**
 * Runs several services in this process until a signal ends it.
 * @returns the running services, once all serve; the process exits with 1 when one cannot start
 */
export async function runServices(definitions: readonly ServiceDefinition[]): Promise<RunningService[]> {
  exitOnUnforeseen();
  const running: RunningService[] = [];
  try {
    checkServicesConfig(definitions);
    stopOnSignal(running);
    const started = await Promise.allSettled(definitions.map((definition) => startService(definition)));
    for (const result of started) if (result.status === 'fulfilled') running.push(result.value);
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return running;
  } catch (error) {
    logger.fatal({ err: error }, 'the process could not start');
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stopAll(running);
    process.exit(1);
  }
}

/** Runs one service in this process: `await runService(service)` in each `main.ts`. */
export async function runService(definition: ServiceDefinition): Promise<RunningService> {
  const [running] = await runServices([definition]);
  if (running === undefined) throw new Error(`${definition.name} did not start`);
  return running;
}
