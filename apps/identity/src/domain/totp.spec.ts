import { describe, expect, it } from '@jest/globals';
import { looksLikeTotp, newTotpSecret, otpauthUrl, stepOfCode } from './totp.js';

/** The secret of RFC 6238, appendix B, with the last six digits of its codes. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes of authenticator apps', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at second %i it is %s, as the standard says', (second, code) => {
    expect(stepOfCode(RFC_SECRET, code, new Date(second * 1000))).toBe(Math.floor(second / 30));
  });

  it('are good one step early and late, and name the step they belong to', () => {
    const step = 41_152_263;
    const during = (offset: number) => new Date((step + offset) * 30_000);
    for (const offset of [-1, 0, 1]) expect(stepOfCode(RFC_SECRET, '005924', during(offset))).toBe(step);
    for (const offset of [-2, 2]) expect(stepOfCode(RFC_SECRET, '005924', during(offset))).toBeUndefined();
  });

  it.each(['', '5924', '0059240', '00592a', '123456'])('%p is none', (code) => {
    expect(stepOfCode(RFC_SECRET, code, new Date(1_234_567_890_000))).toBeUndefined();
  });

  it('come from a secret of 160 bits, each another, that apps can read', () => {
    const [one, other] = [newTotpSecret(), newTotpSecret()];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(other).not.toBe(one);
    const url = new URL(otpauthUrl(one, { issuer: 'MyFusion Helper', account: 'ada@example.test' }));
    expect(url.protocol).toBe('otpauth:');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ secret: one, digits: '6', period: '30' });
    expect(url.searchParams.get('issuer')).toBe('MyFusion Helper');
    expect(decodeURIComponent(url.pathname)).toContain('ada@example.test');
  });

  it('look like six digits', () => {
    expect(['000000', '12345', 'abcde-fghjk', '1234567'].map(looksLikeTotp)).toEqual([true, false, false, false]);
  });
});
