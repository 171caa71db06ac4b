import type { LoggerService } from '@nestjs/common';
import { logger } from '#telemetry';

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

/** Nest's own start-up talk, of no interest in operation. */
const FRAMEWORK = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
]);

/** Lets Nest and everything that uses Nest's `Logger` write to the process's own logger. */
export class NestLogger implements LoggerService {
  log(message: unknown, ...rest: unknown[]): void {
    this.write(FRAMEWORK.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
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

  /** Nest puts the name of the caller last; an object first carries fields, an error first is the failure. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const texts = rest.filter((item): item is string => typeof item === 'string');
    const context = texts.at(-1);
    const failure = [message, ...rest].find((item) => item instanceof Error);
    const fields = typeof message === 'object' && message !== null && !(message instanceof Error) ? message : {};
    const text = typeof message === 'string' ? message : texts.length > 1 ? texts[0] : undefined;
    logger[level]({ ...fields, ...(failure && { err: failure }), context }, text ?? (failure?.message || ''));
  }
}
