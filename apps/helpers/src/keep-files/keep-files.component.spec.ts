import { environment } from '../testing/environment.js';
import { planOfEveryAccount, PlansOfAccountsModule } from '../testing/plans-of-accounts.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestIdentityModule, TestTokens } from '#auth';
import { isProblem, newId, questions } from '#contracts';
import { Questions } from '#messaging';
import { objectKey } from '#object-store';
import { startService, type RunningService } from '#service-defaults';
import { service } from '../service.js';

const KB = 1_000;

describe('The room for files', () => {
  /** Questions go to one of two instances of the service. */
  let instances: RunningService[];

  beforeAll(async () => {
    planOfEveryAccount.storage_bytes = 10 * KB;
    const at = { port: 0, host: '127.0.0.1' };
    const imports = [PlansOfAccountsModule, TestIdentityModule.with(new TestTokens())];
    instances = [await startService(service, { ...at, imports }), await startService(service, at)];
  });
  afterAll(async () => {
    for (const instance of instances) await instance.stop();
    await environment.dispose();
  });

  const ask = (): Questions => instances[0]?.app.get(Questions) as Questions;
  const used = async (account_id: string) => (await ask().ask(questions.storageUsed, { account_id })).bytes;
  async function take(account: string, size: number, name: string): Promise<string> {
    try {
      const key = objectKey(account, 'exec:1', name);
      await ask().ask(questions.makeRoomForFile, { account_id: account, key, size });
      return 'taken';
    } catch (error) {
      return isProblem(error) ? error.code : String(error);
    }
  }

  it('ends with the plan: of 50 parallel files that each would fill it one gets in', async () => {
    const account = newId('account');
    expect(await take(account, 9 * KB, 'first')).toBe('taken');
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => take(account, KB, `file-${index}`)));
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'billing.limit_reached')).toHaveLength(49);
    expect(await used(account)).toBe(10 * KB);
  });

  it('is taken once by a file that is stored again, and by its new size', async () => {
    const account = newId('account');
    for (const size of [6 * KB, 6 * KB, 9 * KB]) expect(await take(account, size, 'same')).toBe('taken');
    expect(await used(account)).toBe(9 * KB);
    expect(await take(account, 11 * KB, 'same')).toBe('billing.limit_reached');
    expect(await used(account)).toBe(9 * KB);
  });

  it('is nobody else’s', async () => {
    const [account, other] = [newId('account'), newId('account')];
    const key = objectKey(other, 'exec:1', 'theirs');
    const foreign = ask().ask(questions.makeRoomForFile, { account_id: account, key, size: 1 });
    await expect(foreign).rejects.toMatchObject({ status: 403, code: 'account.permission_denied' });
    expect(await take(account, 10 * KB, 'full')).toBe('taken');
    expect(await take(other, 10 * KB, 'full')).toBe('taken');
  });
});
