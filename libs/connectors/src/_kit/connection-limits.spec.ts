import { describe, expect, it, jest } from '@jest/globals';
import { contact, scriptedConnection } from '../testing/scripted-connection.js';
import type { Scripted } from '../testing/scripted-http.js';
import type { BudgetAnswer, RateBudget, RateScope } from './budget/rate-budget.js';

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

const STARTED = Date.UTC(2026, 0, 15);
const limited = (headers: Record<string, string> = {}): Scripted => ({ status: 429, headers });

function budgetOf(answer: (scope: RateScope) => BudgetAnswer = () => ({ ok: true, at: STARTED })) {
  return {
    take: jest.fn<RateBudget['take']>((scope) => answer(scope)),
    giveBack: jest.fn<RateBudget['giveBack']>(),
    delayed: jest.fn<RateBudget['delayed']>(),
    report: jest.fn<RateBudget['report']>(),
    pause: jest.fn<RateBudget['pause']>(),
  };
}
const namesOf = (calls: readonly (readonly [RateScope, ...unknown[]])[]): string[] => calls.map(([{ name }]) => name);

describe('the budget', () => {
  const settings = { rateScope: 'connection:1' };

  it('is taken from every scope before each call, that of all customers last', async () => {
    const budget = budgetOf();
    const { run } = scriptedConnection([contact], { budget }, settings);
    await run().getContact('7');
    expect(budget.take.mock.calls.map(([{ key }, , party]) => [key, party])).toEqual([
      ['keap/tenant/connection:1', undefined],
      ['keap/oauth_client/all', 'connection:1'],
    ]);
  });

  it('is not the OAuth client’s for a key, and no scope shows the key', async () => {
    const budget = budgetOf();
    const { run } = scriptedConnection([contact], { budget }, { ...settings, credentials: { api_key: 'secret-key' } });
    await run().getContact('7');
    expect(namesOf(budget.take.mock.calls)).toEqual(['tenant', 'personal_token']);
    expect(JSON.stringify(budget.take.mock.calls)).not.toContain('secret-key');
  });

  it('is shared between the helpers that call', async () => {
    const budget = budgetOf();
    const { connection } = scriptedConnection([contact], { budget }, settings);
    await connection.connector({ party: 'helper:1' }).getContact('7');
    expect(budget.take.mock.calls[0]?.[2]).toBe('helper:1');
  });

  it('is not asked where nothing is limited', async () => {
    const budget = budgetOf();
    await scriptedConnection([contact], { budget }, { ...settings, unlimited: true })
      .run()
      .getContact('7');
    expect(budget.take).not.toHaveBeenCalled();
  });

  it('that is used up hands the call back without sending it, and what others granted is given back', async () => {
    const budget = budgetOf(({ name }) =>
      name === 'tenant' ? { ok: true, at: STARTED } : { ok: false, retryAt: new Date(STARTED + 5_000) },
    );
    const { run, http, clock } = scriptedConnection([contact], { budget }, settings);
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 5_000, status: 0 });
    expect([http.requests.length, clock.at]).toEqual([0, STARTED]);
    expect(namesOf(budget.giveBack.mock.calls)).toEqual(['tenant']);
  });

  it('hears of the vendor’s own pause, but not that of all customers', async () => {
    const budget = budgetOf();
    const { run, clock } = scriptedConnection([limited({ 'retry-after': '9' })], { budget }, settings);
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'rate_limited' });
    expect(budget.pause.mock.calls.map(([{ name }, until]) => [name, until])).toEqual([
      ['tenant', new Date(clock.at + 9_000)],
    ]);
  });

  it('is silent for its shortest window where the vendor does not say how long', async () => {
    const budget = budgetOf();
    const { run } = scriptedConnection([limited()], { budget }, settings);
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 1_000 });
  });

  it('hears what the vendor says is left', async () => {
    const budget = budgetOf();
    const headers = { 'x-keap-product-throttle-available': '12', 'x-keap-product-throttle-limit': '1500' };
    await scriptedConnection([{ ...contact, headers }], { budget }, settings)
      .run()
      .getContact('7');
    expect(budget.report.mock.calls.map(([{ name }, windows]) => [name, windows])).toEqual([
      ['oauth_client', [{ window: 0, remaining: 12, limit: 1500 }]],
    ]);
  });

  it('is taken anew by a process that was held up before it could call', async () => {
    let asked = 0;
    const budget = budgetOf(() => ({ ok: true, at: (asked += 1) <= 2 ? STARTED - 5_000 : STARTED }));
    const { run, http } = scriptedConnection([contact], { budget }, settings);
    await run().getContact('7');
    expect([asked, http.requests.length]).toEqual([4, 1]);
    expect(namesOf(budget.giveBack.mock.calls)).toEqual(['tenant', 'oauth_client']);
  });

  it('counts a call that was held up from when it was made', async () => {
    const budget = budgetOf(() => ({ ok: true, at: STARTED - 300 }));
    await scriptedConnection([contact], { budget }, settings).run().getContact('7');
    const [[scope, from, reached] = []] = budget.delayed.mock.calls;
    expect([scope?.name, from]).toEqual(['tenant', STARTED - 300]);
    expect(reached).toBeGreaterThanOrEqual(STARTED);
    expect(reached).toBeLessThan(STARTED + 1_000);
  });
});
