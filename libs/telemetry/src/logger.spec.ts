import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';
import { withTraceparent } from './propagation.js';

function logged(): {
  lines: () => Record<string, unknown>[];
  text: () => string;
  logger: ReturnType<typeof createLogger>;
} {
  const written: string[] = [];
  const logger = createLogger({ write: (line: string) => void written.push(line) }, 'debug');
  return { logger, text: () => written.join(''), lines: () => written.map((line) => JSON.parse(line) as never) };
}

const apiKey = `mfh_live_${'0123456789abcdef'.repeat(4)}`;
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl';

describe('the logger', () => {
  it('writes one JSON object a line, with level, time, message and trace', async () => {
    const { logger, lines } = logged();
    await withTraceparent('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', 'work', () =>
      logger.info({ execution_id: 'exec:1' }, 'started'),
    );
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'info',
        message: 'started',
        execution_id: 'exec:1',
        trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      }),
    ]);
    expect(new Date(String(lines()[0]?.['time'])).getTime()).toBeGreaterThan(0);
  });

  it('hides secrets by name at any depth, and by form in any text', () => {
    const { logger, text } = logged();
    logger.info(
      {
        headers: { Authorization: 'Bearer abcdefghijkl', 'x-api-key': 'k-1234', cookie: 'sid=topsecret' },
        body: { new_password: 'Hunter22', list: [{ refresh_token: 'rrrrrrrr' }] },
        note: `key ${apiKey}`,
        url: 'mongodb://user:s3cr3t@host/db',
      },
      `called with ${jwt} and mfr_${'x'.repeat(43)}`,
    );
    expect(text()).not.toMatch(/abcdefghijkl|k-1234|topsecret|Hunter22|rrrrrrrr|mfh_live_0|s3cr3t|eyJhbG|mfr_x/);
    expect(text()).toContain('mongodb://user:[hidden]@host/db');
  });

  it('writes errors with their causes, without secrets in them', () => {
    const { logger, lines, text } = logged();
    const cause = Object.assign(new Error(`refused ${apiKey}`), { code: 'ECONNREFUSED' });
    logger.error({ err: new Error('failed', { cause }) }, 'no luck');
    expect(lines()[0]).toMatchObject({
      level: 'error',
      err: { type: 'Error', message: 'failed', cause: { message: 'refused [hidden]', code: 'ECONNREFUSED' } },
    });
    expect(text()).not.toContain(apiKey);
  });

  it('takes an error alone, cycles and great depth', () => {
    const { logger, lines, text } = logged();
    const loop: Record<string, unknown> = { name: 'loop' };
    loop['self'] = loop;
    logger.warn(new Error(`alone ${apiKey}`));
    logger.warn({ loop }, 'cycle');
    expect(lines()).toHaveLength(2);
    expect(text()).not.toContain(apiKey);
  });
});
