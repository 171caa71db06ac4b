import { pino } from 'pino';
import { loadSandboxOptions } from './config.js';
import { DEFAULT_HOST } from './demo-facts.js';
import { startSandbox } from './sandbox.js';

const logger = pino({ name: 'sandbox-crm', level: process.env['MFH_LOG_LEVEL'] ?? 'info' });
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

try {
  const options = loadSandboxOptions(process.env);
  const sandbox = await startSandbox({
    ...options,
    onError: (error) => logger.error(error, 'The state could not be written'),
  });
  logger.info({ url: sandbox.url, data: options.dataFile ?? 'memory only' }, 'Sandbox CRM is ready');
  if (options.adminSecret === undefined && !LOOPBACK.has(options.host ?? DEFAULT_HOST)) {
    logger.warn(
      'The admin routes can be reached from outside with the documented secret: set MFH_SANDBOX_ADMIN_SECRET',
    );
  }
  const stop = (): void => {
    sandbox.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error(error, 'The sandbox CRM did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  logger.fatal(error, error instanceof Error ? error.message : 'The sandbox CRM cannot start');
  process.exitCode = 1;
}
