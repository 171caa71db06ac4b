import { describe, expect, it } from '@jest/globals';
import { isBreachedPassword } from './breached-passwords.js';
import { passwordFault } from './password-policy.js';

describe('the password policy', () => {
  it.each([
    ['Aa1', 'too_small'],
    ['Aa1aaaa', 'too_small'],
    [`Aa1${'x'.repeat(126)}`, 'too_big'],
    ['correct-horse-7', 'no_upper_case'],
    ['CORRECT-HORSE-7', 'no_lower_case'],
    ['Correct-Horse', 'no_digit'],
    ['Password1', 'breached'],
    ['P@ssw0rd123!', 'breached'],
    ['Welcome2024!', 'breached'],
    ['Qwerty123$', 'breached'],
    ['Abcd1234', 'breached'],
  ])('refuses %p: %s', (password, code) => {
    expect(passwordFault(password)?.code).toBe(code);
  });

  it.each(['Correct-Horse-7', 'Ümläut-Straße-9', `Aa1${'x'.repeat(125)}`, 'xK7pQ2mZ', 'Élan vital 42'])(
    'accepts %p',
    (password) => {
      expect(passwordFault(password)).toBeUndefined();
    },
  );

  it('counts characters as people do', () => {
    expect(passwordFault('Aa1🙂🙂')?.code).toBe('too_small');
    expect(passwordFault('Aa1🙂🙂🙂🙂🙂')).toBeUndefined();
  });

  it('does not take a longer password for a known one that it begins with', () => {
    expect(isBreachedPassword('Password1-and-more')).toBe(false);
  });
});
