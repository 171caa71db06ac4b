import { describe, expect, test } from '@jest/globals';
import { HelperFailure } from './helper-failure.js';
import { PartialWrites } from './partial-writes.js';

const refusal = (failureClass: 'retry' | 'give_up' = 'give_up') => new HelperFailure('no', failureClass, 'refused');
const connectorError = (kind: string, retryable: boolean): Error =>
  Object.assign(new Error(kind), { name: 'ConnectorError', kind, retryable });
const failing = (reason: Error) => () => Promise.reject(reason);
const done = () => Promise.resolve();

function start(): { writes: PartialWrites; warnings: string[] } {
  const warnings: string[] = [];
  return { writes: new PartialWrites({ warn: (message) => void warnings.push(message) }), warnings };
}

describe('a run of several writes', () => {
  test('succeeds when one went through, and warns of the others', async () => {
    const { writes, warnings } = start();
    const action = { type: 'tag_applied', target: 'c', value: '2' };
    await writes.attempt('First', failing(refusal()), { type: 'tag_applied', target: 'c', value: '1' });
    await writes.attempt('Second', done, action);
    expect(writes.result({ a: 1 })).toEqual({ success: true, modifiedData: { a: 1 }, actions: [action] });
    expect(warnings).toEqual(['First: refused']);
  });

  test('succeeds when there was nothing to write', () => {
    expect(start().writes.result().success).toBe(true);
  });

  test('fails when nothing went through, and is retried if that can help', async () => {
    const { writes } = start();
    await writes.attempt('First', failing(refusal()));
    await writes.attempt('Second', failing(connectorError('server', true)));
    expect(writes.result()).toMatchObject({ success: false, failure: { code: 'crm_error', class: 'retry' } });
  });

  test.each(['rate_limited', 'auth_expired', 'auth_invalid', 'circuit_open', 'aborted'])(
    'stops at %s, which every further write would meet',
    async (kind) => {
      const error = connectorError(kind, true);
      await expect(start().writes.attempt('First', failing(error))).rejects.toBe(error);
    },
  );

  test('stops when the platform is in the way or a person must decide', async () => {
    const { writes } = start();
    await expect(writes.attempt('First', failing(refusal('retry')))).rejects.toThrow('refused');
    const doubt = new HelperFailure('effect_in_doubt', 'give_up', 'look');
    await expect(writes.attempt('First', failing(doubt))).rejects.toBe(doubt);
  });
});
