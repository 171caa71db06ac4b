import { environment } from '../testing/environment.js';
import { planOfEveryAccount, PlansOfAccountsModule } from '../testing/plans-of-accounts.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestIdentityModule, TestTokens } from '#auth';
import { newId } from '#contracts';
import { startService, type RunningService } from '#service-defaults';
import { service } from '../service.js';

interface Answer {
  status: number;
  body: { code?: string; error?: string; data?: Record<string, unknown> };
}

const tokens = new TestTokens();
let instances: RunningService[];
beforeAll(async () => {
  const at = { port: 0, host: '127.0.0.1' };
  instances = [
    await startService(service, { ...at, imports: [PlansOfAccountsModule, TestIdentityModule.with(tokens)] }),
    await startService(service, at),
  ];
});
afterAll(async () => {
  for (const instance of instances) await instance.stop();
  await environment.dispose();
});

async function call(token: string, method: string, path: string, body?: object, instance = 0): Promise<Answer> {
  const answer = await fetch(`${instances[instance]?.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

const create = (token: string, name: string, instance = 0): Promise<Answer> =>
  call(token, 'POST', '/helpers', { name, helper_type: 'math_it', config: {} }, instance);

describe('the number of helpers', () => {
  it('ends at the plan: of 50 parallel creates over two instances one gets the last place', async () => {
    planOfEveryAccount.limits.max_helpers = 2;
    const token = await tokens.forUser({ acc: newId('account') });
    expect((await create(token, 'First')).status).toBe(201);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => create(token, `${index}`, index % 2)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status === 403);
    expect(refused).toHaveLength(49);
    expect(refused[0]?.body).toMatchObject({
      code: 'billing.limit_reached',
      error: 'Your Sandbox plan allows 2 helpers. Upgrade to add more.',
      data: { limit: 2, used: 2, plan: 'free', upgrade_url: planOfEveryAccount.upgrade_url },
    });
  });

  it('has room again when a helper is deleted', async () => {
    planOfEveryAccount.limits.max_helpers = 1;
    const token = await tokens.forUser({ acc: newId('account') });
    const { body } = await create(token, 'One');
    expect((await create(token, 'Two')).status).toBe(403);
    expect((await call(token, 'DELETE', `/helpers/${String(body.data?.['helper_id'])}`)).status).toBe(200);
    expect((await create(token, 'Two')).status).toBe(201);
  });

  it('has no end where the plan names none', async () => {
    planOfEveryAccount.limits.max_helpers = null;
    const token = await tokens.forUser({ acc: newId('account') });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => create(token, `${index}`, index % 2)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  });
});
