import { describe, expect, it } from '@jest/globals';
import { createLogger } from '#telemetry';
import { NestLogger } from './nest-logger.js';

describe("Nest's logger", () => {
  const write = (act: (logger: NestLogger) => void): Record<string, unknown> | undefined => {
    const lines: string[] = [];
    act(new NestLogger(createLogger({ write: (line) => void lines.push(line) }, 'info')));
    return lines[0] === undefined ? undefined : (JSON.parse(lines[0]) as Record<string, unknown>);
  };

  it('writes texts with the name of their writer', () => {
    expect(write((log) => log.log('ready', 'Sweeper'))).toMatchObject({
      level: 'info',
      message: 'ready',
      context: 'Sweeper',
    });
  });

  it('keeps the framework’s start-up talk out', () => {
    expect(write((log) => log.log('Mapped {/x, GET} route', 'RouterExplorer'))).toBeUndefined();
  });

  it('takes fields first and a text after them', () => {
    const line = write((log) => log.error({ err: new Error('no'), question: 'q' }, 'a question failed', 'questions'));
    expect(line).toMatchObject({
      level: 'error',
      message: 'a question failed',
      context: 'questions',
      question: 'q',
      err: { message: 'no' },
    });
  });

  it('takes an error alone', () => {
    expect(write((log) => log.error(new Error('no'), 'Relay'))).toMatchObject({
      message: 'no',
      err: { message: 'no' },
      context: 'Relay',
    });
  });

  it('takes a text with a stack', () => {
    expect(write((log) => log.error('broke', 'Error: broke\n at x', 'Relay'))).toMatchObject({
      message: 'broke',
      stack: 'Error: broke\n at x',
      context: 'Relay',
    });
  });
});
