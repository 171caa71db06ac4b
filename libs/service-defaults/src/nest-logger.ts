import type { LoggerService } from '@nestjs/common';
import { logger as processLogger, type Logger } from '#telemetry';

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

/** Nest's own start-up talk and connection states; its warnings and errors are written all the same. */
const FRAMEWORK = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
  'Server',
]);

/** Lets Nest and everything that uses Nest's `Logger` write to the process's own logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger = processLogger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const quiet = typeof rest.at(-1) === 'string' && FRAMEWORK.has(rest.at(-1) as string);
    this.write(quiet ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /**
   * Nest puts the name of the writer last. Before it may stand: a text and a stack; an error; or, as we write ourselves,
   * an object with fields and a text.
   */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const texts = rest.filter((item): item is string => typeof item === 'string');
    const context = texts.at(-1);
    const failure = [message, ...rest].find((item) => item instanceof Error);
    const hasText = typeof message === 'string';
    const fields = typeof message === 'object' && message !== null && !(message instanceof Error) ? message : {};
    const between = texts.length > 1 ? texts[0] : undefined;
    const text = hasText ? message : between;
    const stack = hasText && between !== undefined ? { stack: between } : {};
    this.logger[level](
      { ...fields, ...(failure && { err: failure }), ...stack, context },
      text ?? failure?.message ?? '',
    );
  }
}
