import { pino, type DestinationStream, type Logger } from 'pino';
import { currentLogFields } from './log-fields.js';
import { redact, redactText } from './redaction.js';

const LEVELS = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

function levelFrom(env: NodeJS.ProcessEnv): string {
  const wanted = env['MFH_LOG_LEVEL'];
  if (wanted !== undefined && LEVELS.has(wanted)) return wanted;
  return env['MFH_MODE'] === 'test' || env['JEST_WORKER_ID'] !== undefined ? 'silent' : 'info';
}

/** Lines are written together, a quarter of a second late at most: one system call a line would cost more than the line. */
const BUFFER_BYTES = 4096;
const FLUSH_MS = 250;

type BufferedOutput = ReturnType<typeof pino.destination>;

const standardOutput = (): BufferedOutput =>
  pino.destination({ dest: 1, sync: false, minLength: BUFFER_BYTES, periodicFlush: FLUSH_MS });

const SHAPE = {
  base: { pid: process.pid },
  messageKey: 'message',
  timestamp: pino.stdTimeFunctions.isoTime,
};
const levelAsText = (label: string): { level: string } => ({ level: label });

/** Texts and interpolated values; fields (an object in first place) are redacted when the line is formatted. */
function withoutSecrets(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  if (first instanceof Error) return [{ err: first }, rest.length > 0 ? redact(rest[0]) : redactText(first.message)];
  return [typeof first === 'string' ? redactText(first) : first, ...rest.map((argument) => redact(argument))];
}

/**
 * Makes a logger that writes one JSON object a line, with the ids of the work in progress and without secrets.
 * @param destination default: standard output
 */
export function createLogger(
  destination: DestinationStream = standardOutput(),
  level = levelFrom(process.env),
): Logger {
  return pino(
    {
      ...SHAPE,
      level,
      mixin: currentLogFields,
      formatters: { level: levelAsText, log: (fields) => redact(fields) as Record<string, unknown> },
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(args, method) {
          method.apply(this, withoutSecrets(args) as Parameters<typeof method>);
        },
      },
    },
    destination,
  );
}

const output = standardOutput();

/** Longest wait for the last lines to be written. */
const LAST_LINES_MS = 1000;

/**
 * Writes what is buffered; for the end of a process. Left to the exit itself, the lines would be written by calls that
 * are repeated for ever when nobody reads the output any more, and the process would never end.
 */
export function flushLog(): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, LAST_LINES_MS);
    output.flush(() => {
      clearTimeout(limit);
      resolve();
    });
  });
}

/** The process's logger: `logger.info({execution_id}, 'text')`. */
export const logger = createLogger(output);

/**
 * For lines written on every request, whose fields are ids, numbers and patterns chosen in code: nothing is looked up,
 * nothing is redacted, so nothing that a client sent may be given to it.
 */
export const requestLogger: Logger = pino(
  { ...SHAPE, level: levelFrom(process.env), formatters: { level: levelAsText } },
  output,
);
export type { Logger };
