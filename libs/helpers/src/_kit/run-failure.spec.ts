import { expect, test } from '@jest/globals';
import { HelperFailure } from './helper-failure.js';
import { toRunFailure } from './run-failure.js';

test('a failure keeps code, class and delay', () => {
  const error = new HelperFailure('busy', 'retry', 'later', { retryAfterMs: 5 });
  expect(toRunFailure(error)).toEqual({
    code: 'busy',
    class: 'retry',
    message: 'later',
    retryAfterMs: 5,
    cause: error,
  });
});

test.each([
  [true, 'retry'],
  [false, 'give_up'],
])('a connector error that is retryable: %p becomes %s', (retryable, expected) => {
  const error = Object.assign(new Error('vendor'), { name: 'ConnectorError', kind: 'server', retryable });
  expect(toRunFailure(error)).toMatchObject({ code: 'crm_error', class: expected, message: 'vendor' });
});

test('a bug is tried again and says nothing of itself', () => {
  const failure = toRunFailure(new TypeError('secret in here'));
  expect(failure).toMatchObject({ code: 'internal_error', class: 'retry' });
  expect(failure.message).not.toContain('secret');
});
