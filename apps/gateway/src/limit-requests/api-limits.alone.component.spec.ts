import { KEY, startGateway, type RunningGateway } from '../testing/running-gateway.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningService } from '#service-defaults';
import { waitFor } from '#testing';
import { RequestCounts } from './request-count.repository.js';
import { RequestWindow } from './request-window.js';

const PER_MINUTE = 20;
const ANONYMOUS = 8;
let running: RunningGateway;
let second: RunningService;
beforeAll(async () => {
  running = await startGateway({
    MFH_LIMITS: 'standard',
    MFH_API_LIMIT_PER_MINUTE: String(PER_MINUTE),
    MFH_API_LIMIT_ANONYMOUS_PER_HOUR: String(ANONYMOUS),
  });
  second = await running.another();
});
afterAll(async () => {
  await second.stop();
  await running.stop();
});

/** Far enough from the end of minute and hour that a test's requests fall into one window. */
const earlyInWindow = () =>
  waitFor(() => Promise.resolve(new Date().getSeconds() < 45), {
    deadlineMs: 20_000,
    everyMs: 200,
    what: 'a fresh minute',
  });

const times = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

const granted = (answers: Response[]): number => answers.filter(({ status }) => status === 200).length;

describe('the limits of the API', () => {
  it('let exactly so many of 50 parallel requests of a user pass, over two gateways', async () => {
    await earlyInWindow();
    const token = await running.tokens.forUser({ sub: '00000000-0000-7000-8000-0000000000aa' });
    const headers = { authorization: `Bearer ${token}` };
    const answers = await times(50, (index) =>
      fetch(`${index % 2 === 0 ? running.gateway.url : second.url}/helpers`, { headers }),
    );
    expect(granted(answers)).toBe(PER_MINUTE);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('ratelimit-limit')).toBe(String(PER_MINUTE));
    expect(refused?.headers.get('ratelimit-remaining')).toBe('0');
    const seconds = Number(refused?.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await refused?.json()).toMatchObject({ code: 'generic.rate_limited', status: 429, retry_after: seconds });
    const passed = answers
      .filter(({ status }) => status === 200)
      .map((answer) => answer.headers.get('ratelimit-remaining'));
    expect(passed.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: PER_MINUTE }, (_, left) => left));
  });

  it('count another user, and a key, for themselves', async () => {
    await earlyInWindow();
    const token = await running.tokens.forUser({ sub: '00000000-0000-7000-8000-0000000000bb' });
    expect((await running.call('/helpers', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    expect(granted(await times(50, () => running.call('/helpers', { headers: { 'x-api-key': KEY } })))).toBe(
      PER_MINUTE,
    );
  });

  it('leave executions, streams and health out', async () => {
    const headers = { 'x-api-key': KEY };
    const answers = await times(30, () => running.call('/helpers/helper:1/execute', { method: 'POST', headers }));
    answers.push(...(await times(30, () => running.call(`/helper/${KEY}/abc`))));
    answers.push(...(await times(20, () => running.call('/auth/health'))));
    expect(granted(answers)).toBe(80);
    expect(answers[0]?.headers.get('ratelimit-limit')).toBeNull();
  });

  it('count requests without a usable token by address, and guessed keys with them', async () => {
    const forged = { headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.x' } };
    const answers = await times(4, () => running.call('/helpers', forged));
    answers.push(...(await times(4, () => running.call('/platforms'))));
    expect(granted(answers)).toBe(ANONYMOUS);
    const guess = await running.call('/helper/x/execute', { headers: { 'x-api-key': `mfh_live_${'0'.repeat(64)}` } });
    expect(guess.status).toBe(429);
    const spoofed = await running.call('/helpers', { headers: { 'x-forwarded-for': '6.6.6.6' } });
    expect(spoofed.status).toBe(429);
  });
});

describe('a window of requests', () => {
  it('begins anew when it ends, and writes a flood in few steps', async () => {
    const counts = running.gateway.app.get(RequestCounts);
    let writes = 0;
    const counting = { add: (...args: Parameters<RequestCounts['add']>) => ((writes += 1), counts.add(...args)) };
    const window = new RequestWindow(counting, { name: 'minute', seconds: 60, limit: 5 });
    const at = Date.UTC(2026, 0, 1, 12, 0, 30);
    const first = await times(200, () => window.take('somebody', at));
    expect(first.filter((standing) => standing.granted)).toHaveLength(5);
    expect(first[0]).toMatchObject({ granted: true, limit: 5, resetS: 30 });
    expect(writes).toBeLessThan(10);
    expect(await window.take('somebody', at + 30_000)).toMatchObject({ granted: true, remaining: 4, resetS: 60 });
  });
});
