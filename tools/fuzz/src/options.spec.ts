import { expect, it } from '@jest/globals';
import { ROLES } from '#contracts';
import { fuzzOptions } from './options.js';

it('takes every role and a hundred examples unless told otherwise', () => {
  expect(fuzzOptions([])).toEqual({ examples: 100, roles: [...ROLES], path: undefined, seed: undefined });
  const some = fuzzOptions([
    '--examples',
    '5',
    '--role',
    'viewer',
    '--role',
    'owner',
    '--path',
    '/billing',
    '--seed',
    '7',
  ]);
  expect(some).toEqual({ examples: 5, roles: ['viewer', 'owner'], path: '/billing', seed: 7 });
});

it('says what is wrong with an option', () => {
  expect(() => fuzzOptions(['--role', 'king'])).toThrow('--role must be one of owner, admin');
  expect(() => fuzzOptions(['--examples', '0'])).toThrow('--examples must be a whole number from 1 on');
  expect(() => fuzzOptions(['--seed', 'x'])).toThrow('--seed must be a whole number from 0 on');
});
