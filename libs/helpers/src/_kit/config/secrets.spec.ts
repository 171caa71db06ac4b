import { z } from 'zod';
import { describe, expect, test } from '@jest/globals';
import { secret, text } from './options.js';
import { mapSecrets, maskSecrets, restoreSecrets, SECRET_MASK, secretOptions } from './secrets.js';

const definition = {
  aliases: { key: 'token' },
  config: z.object({
    url: text('URL'),
    token: secret('Token').optional(),
    login: z.object({ user: text('User'), password: secret('Password').optional() }).optional(),
    targets: z.array(z.object({ url: text('URL'), pass: secret('Pass').optional() })).default([]),
  }),
};
const config = {
  url: 'u',
  token: 't1',
  login: { user: 'ada', password: 'p1' },
  targets: [{ url: 'a', pass: 'x1' }, { url: 'b' }, { url: 'c', pass: 'x3' }],
};

describe('secrets of a configuration', () => {
  test('are found at every depth and under aliases', () => {
    expect(secretOptions(definition)).toEqual(['token', 'login.password', 'targets.*.pass', 'key']);
  });

  test('are changed in a copy, nothing else is', async () => {
    const sealed = await mapSecrets(definition, { ...config, key: 'k1' }, (value) =>
      Promise.resolve(`sealed(${value})`),
    );
    expect(sealed).toEqual({
      url: 'u',
      token: 'sealed(t1)',
      key: 'sealed(k1)',
      login: { user: 'ada', password: 'sealed(p1)' },
      targets: [{ url: 'a', pass: 'sealed(x1)' }, { url: 'b' }, { url: 'c', pass: 'sealed(x3)' }],
    });
    expect(config.token).toBe('t1');
  });

  test('never show', () => {
    const shown = JSON.stringify(maskSecrets(definition, { ...config, key: 'k1' }));
    for (const value of ['t1', 'p1', 'x1', 'x3', 'k1']) expect(shown).not.toContain(`"${value}"`);
    expect(maskSecrets(definition, { url: 'u', token: '' })).toEqual({ url: 'u', token: '' });
  });

  test('a client that sends the mask back leaves them unchanged', () => {
    const received = {
      url: 'new',
      token: SECRET_MASK,
      login: { user: 'bob', password: 'p2' },
      targets: [
        { url: 'a', pass: SECRET_MASK },
        { url: 'b', pass: SECRET_MASK },
      ],
    };
    expect(restoreSecrets(definition, received, config)).toEqual({
      url: 'new',
      token: 't1',
      login: { user: 'bob', password: 'p2' },
      targets: [
        { url: 'a', pass: 'x1' },
        { url: 'b', pass: '' },
      ],
    });
  });

  test('values of an unexpected shape pass', async () => {
    const odd = { token: 5, login: 'x', targets: { a: 1 } };
    expect(await mapSecrets(definition, odd, () => Promise.reject(new Error('not a secret')))).toEqual(odd);
  });
});
