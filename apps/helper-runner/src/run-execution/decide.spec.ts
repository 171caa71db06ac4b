import { describe, expect, it } from '@jest/globals';
import { ConnectorError, type ConnectorErrorKind } from '#connectors';
import type { RunFailure } from '#helpers';
import { backoffMs, decide } from './decide.js';

const context = { attempt: 1, maxAttempts: 3, retryBaseMs: 2_000, stopping: false, random: 0 };
const crm = (kind: ConnectorErrorKind, retryAfterMs?: number): RunFailure => {
  const cause = new ConnectorError({
    kind,
    platform: 'keap',
    message: kind,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
  return { code: 'crm_error', class: cause.retryable ? 'retry' : 'give_up', message: kind, cause };
};

describe('what becomes of a failed run', () => {
  it('waits for a rate limit as long as the vendor said, and spends no attempt', () => {
    expect(decide(crm('rate_limited', 30_000), context)).toMatchObject({
      kind: 'wait',
      reason: 'rate_limit',
      delayMs: 30_000,
      countsAsAttempt: false,
    });
    expect(decide(crm('rate_limited', 30_000), { ...context, attempt: 3 })).toMatchObject({ kind: 'wait' });
  });

  it('waits for the circuit and for a connection that must be reconnected', () => {
    expect(decide(crm('circuit_open', 10_000), context)).toMatchObject({
      kind: 'wait',
      reason: 'circuit_open',
      countsAsAttempt: false,
    });
    expect(decide(crm('auth_invalid'), context)).toMatchObject({
      kind: 'wait',
      reason: 'connection',
      countsAsAttempt: false,
    });
  });

  it.each(['network', 'server'] as const)(
    'tries a %s failure again with backoff, three times, then buries it',
    (kind) => {
      expect(decide(crm(kind), context)).toMatchObject({ kind: 'wait', reason: 'retry', countsAsAttempt: true });
      expect(decide(crm(kind), { ...context, attempt: 3 })).toMatchObject({ kind: 'dead-letter' });
    },
  );

  it.each(['validation', 'not_found', 'forbidden', 'unsupported', 'conflict', 'protocol'] as const)(
    'gives up at %s',
    (kind) => {
      expect(decide(crm(kind), context)).toMatchObject({ kind: 'fail', error: { class: 'give_up' } });
    },
  );

  it('buries an effect in doubt for a person to look at', () => {
    expect(decide({ code: 'effect_in_doubt', class: 'give_up', message: '' }, context)).toMatchObject({
      kind: 'dead-letter',
    });
  });

  it('hands a run back that was stopped with its runner', () => {
    expect(decide({ code: 'aborted', class: 'retry', message: '' }, { ...context, stopping: true })).toEqual({
      kind: 'hand-back',
    });
  });

  it('backs off exponentially with jitter, between one second and one minute', () => {
    expect(backoffMs(1, 2_000, 0)).toBe(1_000);
    expect(backoffMs(1, 2_000, 0.999)).toBeLessThanOrEqual(2_000);
    expect(backoffMs(3, 2_000, 0)).toBe(4_000);
    expect(backoffMs(10, 2_000, 0.999)).toBeLessThanOrEqual(60_000);
    expect(backoffMs(1, 100, 0)).toBe(1_000);
  });
});
