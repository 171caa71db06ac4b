import { pino, type DestinationStream, type Logger } from 'pino';
import { currentLogFields } from './log-fields.js';
import { redact, redactText } from './redaction.js';

const LEVELS = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

function levelFrom(env: NodeJS.ProcessEnv): string {
  const wanted = env['MFH_LOG_LEVEL'];
  if (wanted !== undefined && LEVELS.has(wanted)) return wanted;
  return env['MFH_MODE'] === 'test' || env['JEST_WORKER_ID'] !== undefined ? 'silent' : 'info';
}

/**
 * Makes a logger that writes one JSON object a line, with the ids of the work in progress and without secrets.
 * @param destination default: standard output
 */
export function createLogger(destination?: DestinationStream, level = levelFrom(process.env)): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: currentLogFields,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => redact(fields) as Record<string, unknown>,
    },
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(this: Logger, args: Parameters<Logger['info']>, method: Logger['info']): void {
        const safe = args.map((argument) => (typeof argument === 'string' ? redactText(argument) : argument));
        method.apply(this, safe as Parameters<Logger['info']>);
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The process's logger: `logger.info({execution_id}, 'text')`. */
export const logger = createLogger();
export type { Logger };
