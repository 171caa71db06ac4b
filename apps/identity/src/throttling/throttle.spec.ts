import { describe, expect, it, jest } from '@jest/globals';
import { unavailable } from '#contracts';
import { Clock } from '../clock.js';
import { IdentityConfig } from '../config.js';
import type { ThrottleBuckets } from '../persistence/throttle-buckets.repository.js';
import { settingsOf } from '../settings.js';
import { Throttle } from './throttle.js';

const use = { limit: 'loginPerIp', of: '192.0.2.1', text: 'Too many' } as const;

function throttleOn(count: ThrottleBuckets['count'], limits: 'standard' | 'lifted' = 'standard') {
  const buckets = { count: jest.fn(count), giveBack: jest.fn<ThrottleBuckets['giveBack']>() };
  const settings = settingsOf(IdentityConfig.parse({ MFH_LIMITS: limits }));
  return { buckets, throttle: new Throttle(buckets as unknown as ThrottleBuckets, new Clock(), settings) };
}

describe('a throttle', () => {
  it('refuses when the count cannot be kept: an outage opens no door', async () => {
    const { throttle } = throttleOn(() => Promise.reject(unavailable('The database')));
    await expect(throttle.take(use)).rejects.toMatchObject({ status: 503, code: 'generic.unavailable' });
  });

  it('says when the oldest use leaves the window', async () => {
    const at = new Date(Date.now() - 59 * 60_000);
    const { throttle } = throttleOn(() => Promise.resolve([{ id: 'x', at }]));
    const refusal = await throttle.take(use).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 429, code: 'generic.rate_limited', extensions: { retry_after: 60 } });
  });

  it('keeps neither addresses nor mail in clear, and gives back the use it counted', async () => {
    const { buckets, throttle } = throttleOn(() => Promise.resolve(undefined));
    const giveBack = await throttle.take(use);
    await giveBack();
    const [key = '', , hit] = buckets.count.mock.calls[0] ?? [];
    expect(key).toMatch(/^loginPerIp\/[\w-]{43}$/);
    expect(buckets.giveBack).toHaveBeenCalledWith(key, hit?.id ?? '');
  });

  it('counts nothing where limits are lifted', async () => {
    const { buckets, throttle } = throttleOn(() => Promise.reject(new Error('not asked')), 'lifted');
    await throttle.take(use);
    expect(buckets.count).not.toHaveBeenCalled();
  });
});
