import { describe, expect, it } from '@jest/globals';
import { IdentityConfig } from './config.js';
import { normalPhoneNumber } from './domain/phone-number.js';
import { settingsOf } from './settings.js';

const MINUTE = 60_000;

describe('settings of identity', () => {
  it('have the limits of production unless told otherwise', () => {
    const settings = settingsOf(IdentityConfig.parse({}));
    expect(settings).toMatchObject({ accessTtl: 3_600, limitsLifted: false });
    expect(settings.throttles).toEqual({
      loginPerEmail: { limit: 5, windowMs: 15 * MINUTE },
      loginPerEmailAndIp: { limit: 20, windowMs: 10 * MINUTE },
      loginPerIp: { limit: 100, windowMs: 60 * MINUTE },
      registerPerIp: { limit: 3, windowMs: 24 * 60 * MINUTE },
      registerPerNetwork: { limit: 10, windowMs: 60 * MINUTE },
      refreshPerSession: { limit: 10, windowMs: MINUTE },
      passwordPerUser: { limit: 5, windowMs: 15 * MINUTE },
      mailPerEmail: { limit: 5, windowMs: 60 * MINUTE },
      mailInterval: { limit: 1, windowMs: 30_000 },
      codeMailInterval: { limit: 1, windowMs: 2 * MINUTE },
      confirm: { limit: 5, windowMs: 15 * MINUTE },
      mfaPerUser: { limit: 5, windowMs: 15 * MINUTE },
      googlePerIp: { limit: 60, windowMs: 10 * MINUTE },
    });
  });

  it.each([
    ['AUTH_LOGIN_PER_EMAIL', '5 per hour'],
    ['AUTH_LOGIN_PER_EMAIL', '0/1m'],
    ['AUTH_ACCESS_TTL', '299'],
    ['AUTH_ACCESS_TTL', '86401'],
    ['MFH_LIMITS', 'none'],
  ])('refuse %s=%s', (name, value) => {
    expect(IdentityConfig.safeParse({ [name]: value }).success).toBe(false);
  });
});

it.each([
  ['+44 20 7946-0000', '+442079460000'],
  ['+1 (555) 010.9999', '+15550109999'],
  ['+', undefined],
  ['0044 20 7946 0000', undefined],
  ['+44 twenty', undefined],
])('reads the phone number %p as %p', (text, number) => {
  expect(normalPhoneNumber(text)).toBe(number);
});
