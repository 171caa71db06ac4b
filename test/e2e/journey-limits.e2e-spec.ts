import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import type { ApiAnswer } from './support/api-client.js';
import { newCustomer, newHelper, type Customer } from './support/customer.js';
import { RunningSystem } from './support/running-system.js';

const PER_MONTH = 100;
const PER_MINUTE = 100;
const config = { field: 'Score', operation: 'add', operand: 1 };

let system: RunningSystem;
beforeAll(async () => {
  system = await RunningSystem.start({ env: { MFH_LIMITS: 'standard' } });
});
afterAll(async () => system.stop());

const ask = (customer: Customer, helper: string, count: number): Promise<ApiAnswer[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      customer.byKey.post(`/helper/${helper}/execute`, { contact_id: String(1001 + (index % 100)) }),
    ),
  );
const accepted = (answers: ApiAnswer[]): number => answers.filter(({ status }) => status === 202).length;
const codes = (answers: ApiAnswer[]) =>
  new Set(answers.filter(({ status }) => status !== 202).map(({ body }) => body.code));

describe('limits, exact under parallel requests', () => {
  it('of executions a minute and helper', async () => {
    const customer = await newCustomer(system, 'deliver');
    const helper = await newHelper(customer, 'math_it', config);
    await waitFor(() => Promise.resolve(new Date().getSeconds() < 40), {
      deadlineMs: 30_000,
      everyMs: 200,
      what: 'a minute with time left',
    });
    const first = await ask(customer, helper, 70);
    const second = await ask(customer, helper, 50);
    expect([accepted(first), accepted(second)]).toEqual([70, PER_MINUTE - 70]);
    expect(codes(second)).toEqual(new Set(['generic.rate_limited']));
    const refused = second.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await newHelper(customer, 'math_it', config);
    expect(accepted(await ask(customer, other, 1))).toBe(1);
  });

  it('of executions a month on the free plan', async () => {
    const customer = await newCustomer(system, 'free');
    const helper = await newHelper(customer, 'math_it', config);
    expect(accepted(await ask(customer, helper, 60))).toBe(60);
    // Another helper, so that the limit of a minute refuses nothing that is counted here.
    expect((await customer.api.request('DELETE', `/helpers/${helper}`)).status).toBe(200);
    const next = await newHelper(customer, 'math_it', config);
    const answers = await ask(customer, next, 50);
    expect(accepted(answers)).toBe(PER_MONTH - 60);
    expect(codes(answers)).toEqual(new Set(['billing.quota_exceeded']));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.data).toMatchObject({ limit: PER_MONTH, plan: 'free' });
    const billing = await customer.api.get('/billing/usage');
    expect(JSON.stringify(billing.body)).toContain(String(PER_MONTH));
  });

  it('of helpers on the free plan', async () => {
    const customer = await newCustomer(system, 'free');
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        customer.api.post('/helpers', {
          name: 'One',
          helper_type: 'math_it',
          connection_id: customer.connectionId,
          config,
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.find(({ status }) => status !== 201);
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'billing.limit_reached', data: { limit: 1, plan: 'free' } },
    });
  });
});
