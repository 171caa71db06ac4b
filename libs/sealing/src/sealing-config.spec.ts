import { describe, expect, it } from '@jest/globals';
import { SealingConfig } from './sealing-config.js';
import { sealerFromEnvironment } from './sealing.module.js';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64url');

describe('MFH_SEALING_KEYS', () => {
  it('lists the keys, the current one first', () => {
    const { sealingKeys } = SealingConfig.parse({ MFH_SEALING_KEYS: `2026-11:${key(2)},2026-05:${key(1)}` });
    expect(sealingKeys.map(({ id }) => id)).toEqual(['2026-11', '2026-05']);
    expect(sealingKeys[1]?.key).toEqual(Buffer.alloc(32, 1));
  });

  it.each([
    ['a short key', `k1:${Buffer.alloc(16, 7).toString('base64url')}`, 'key 1 must have 32 bytes'],
    ['no kid', key(1), 'key 1 must read kid:key'],
    ['a kid that would break the form', `k.1:${key(1)}`, 'key 1 must read kid:key'],
    ['the same kid twice', `k1:${key(1)},k1:${key(2)}`, 'key 2 repeats'],
    ['nothing', '', 'key 1 must read kid:key'],
  ])('refuses %s without repeating key material', (_case, text, message) => {
    const result = SealingConfig.safeParse({ MFH_SEALING_KEYS: text });
    expect(result.success).toBe(false);
    const told = JSON.stringify(result.error?.issues);
    expect(told).toContain(message);
    for (const part of text.split(/[:,]/).filter((piece) => piece.length > 10)) expect(told).not.toContain(part);
  });

  it('has a default for development and none for production', async () => {
    const sealer = sealerFromEnvironment({});
    expect(await sealer.open(await sealer.seal('x', 'a'), 'a')).toBe('x');
    expect(() => sealerFromEnvironment({ MFH_MODE: 'production' })).toThrow('must be set in production');
  });
});
