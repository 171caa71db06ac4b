import { expect, test } from '@jest/globals';
import { generatePassword } from './generate.js';

const many = (special: boolean, legible: boolean, length: number): string[] =>
  Array.from({ length: 300 }, () => generatePassword({ length, special, legible }, Math.random));

test.each([
  [true, 4],
  [true, 128],
  [false, 4],
])('every class occurs (special: %p, length %p)', (special, length) => {
  for (const password of many(special, false, length)) {
    expect(password).toHaveLength(length);
    expect(password).toMatch(/[a-z]/);
    expect(password).toMatch(/[A-Z]/);
    expect(password).toMatch(/[0-9]/);
    expect(/[^A-Za-z0-9]/.test(password)).toBe(special);
  }
});

test('every character of every class is drawn, at every place', () => {
  const passwords = many(true, false, 40);
  expect(new Set(passwords.join('')).size).toBe(26 + 26 + 10 + 26);
  expect(passwords.some((password) => /^[0-9]/.test(password))).toBe(true);
  expect(passwords.some((password) => /^[^A-Za-z0-9]/.test(password))).toBe(true);
  expect(new Set(passwords).size).toBe(passwords.length);
});

test('look-alikes can be left out', () => {
  expect(many(true, true, 30).join('')).not.toMatch(/[0Oo1lIi|5S]/);
});

test('the extremes of the generator stay inside', () => {
  for (const extreme of [0, 1 - Number.EPSILON]) {
    expect(generatePassword({ length: 12, special: true, legible: false }, () => extreme)).toHaveLength(12);
  }
});
