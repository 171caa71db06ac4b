import { describe, expect, it, jest } from '@jest/globals';
import { contact, scriptedConnection } from '../testing/scripted-connection.js';
import type { RateBudget, RateScope } from './budget/rate-budget.js';
import { rateLimits } from './platform-manifest.js';

describe('a rate limit', () => {
  it('keeps every run of the connection silent until its time', async () => {
    const { http, run, clock } = scriptedConnection([{ status: 429, headers: { 'retry-after': '60' } }, contact]);
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 60_000 });
    clock.at += 59_000;
    await expect(run().getContact('8')).rejects.toMatchObject({
      kind: 'rate_limited',
      outcome: 'not_sent',
      retryAfterMs: expect.any(Number),
    });
    expect(http.requests).toHaveLength(1);
    clock.at += 2_001;
    await run().getContact('7');
    expect(http.requests).toHaveLength(2);
  });

  it('reads a date', async () => {
    const date = new Date(Date.now() + 30_000).toUTCString();
    const { run } = scriptedConnection([{ status: 429, headers: { 'retry-after': date } }]);
    const error: unknown = await run()
      .getContact('7')
      .catch((thrown: unknown) => thrown);
    expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(27_000);
  });
});

describe('the budget', () => {
  const limits = rateLimits(10, 0, 0, 25);
  const settings = { rateScope: 'connection:1', limits };

  function budgetOf(answers: (scope: RateScope) => ReturnType<RateBudget['take']>) {
    const take = jest.fn(answers);
    const pause = jest.fn<RateBudget['pause']>();
    return { take, pause };
  }

  it('is taken before each call, and that of the OAuth client too', async () => {
    const budget = budgetOf(() => ({ ok: true }));
    const { run } = scriptedConnection([contact], { budget }, settings);
    await run().getContact('7');
    expect(budget.take.mock.calls.map(([{ key }]) => key)).toEqual(['connection:1', 'oauth-client:keap']);
  });

  it('is not the OAuth client’s for a key', async () => {
    const budget = budgetOf(() => ({ ok: true }));
    const { run } = scriptedConnection([contact], { budget }, { ...settings, credentials: { api_key: 'k' } });
    await run().getContact('7');
    expect(budget.take.mock.calls.map(([{ key }]) => key)).toEqual(['connection:1']);
  });

  it('is not asked where nothing is limited', async () => {
    const budget = budgetOf(() => ({ ok: true }));
    const unlimited = { rateScope: 'x', limits: rateLimits(0, 0, 0, 0), credentials: { api_key: 'k' } };
    await scriptedConnection([contact], { budget }, unlimited).run().getContact('7');
    expect(budget.take).not.toHaveBeenCalled();
  });

  it('that is used up hands the call back without sending it', async () => {
    const { run, http, clock } = scriptedConnection(
      [contact],
      {
        budget: budgetOf(() => ({ ok: false, retryAt: new Date(Date.UTC(2026, 0, 15) + 5_000) })),
      },
      settings,
    );
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 5_000, status: 0 });
    expect([http.requests.length, clock.at]).toEqual([0, Date.UTC(2026, 0, 15)]);
  });

  it('hears of the vendor’s own pause', async () => {
    const budget = budgetOf(() => ({ ok: true }));
    const { run, clock } = scriptedConnection([{ status: 429, headers: { 'retry-after': '9' } }], { budget }, settings);
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'rate_limited' });
    expect(budget.pause).toHaveBeenCalledWith(
      expect.objectContaining({ key: 'connection:1' }),
      new Date(clock.at + 9_000),
    );
  });
});
