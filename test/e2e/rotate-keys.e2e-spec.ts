import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { auditExecutions } from './support/audit.js';
import { execute, newHelper } from './support/customer.js';
import { mfh } from './support/mfh.js';
import { connectByOAuth } from './support/oauth-connection.js';
import { contactIds } from './support/persistent-clients.js';
import { useSystem } from './support/use-system.js';

const key = (name: string): string => `${name}:${randomBytes(32).toString('base64url')}`;
const [FIRST, SECOND, THIRD] = [key('first'), key('second'), key('third')];
const TOKEN = `hook-${randomBytes(12).toString('hex')}`;

/** What the receiver of webhooks was shown, to prove that secrets open. */
const received: string[] = [];
let receiver: Server;
const running = useSystem(async () => {
  receiver = createServer((request, response) => {
    received.push(request.headers.authorization ?? '');
    response.end('{}');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  return { env: { MFH_SEALING_KEYS: `${FIRST},${SECOND}`, MFH_OUTBOUND_PRIVATE_HOSTS: hookHost() } };
});
afterAll(() => {
  receiver.close();
});
const hookHost = (): string => `127.0.0.1:${(receiver.address() as AddressInfo).port}`;

/** Every process anew with these keys, as a rolling update would in the end. */
async function restartServices(keys: string): Promise<void> {
  const { system } = running;
  const env = { MFH_SEALING_KEYS: keys };
  await Promise.all([system.process('gateway').stop(), system.process('standalone').stop()]);
  await system.startStandalone(env);
  await system.startApp('gateway', env);
}
async function stopRunners(): Promise<void> {
  await Promise.all(running.system.runners.splice(0).map((runner) => runner.stop()));
}
const rotate = (keys: string, ...args: string[]) =>
  mfh(running.system, ['rotate-keys', ...args], { MFH_SEALING_KEYS: keys });

const hook = () => ({ mode: 'v2', webhook_url: `http://${hookHost()}/in`, auth_type: 'bearer', auth_token: TOKEN });
const NOTE = { subject: 'Rotated', body: 'Under load' };

describe('a rotation of the sealing keys', () => {
  it('goes on under load without a failed execution, and the old key can be taken out', async () => {
    const { system, customer } = running;
    const connectionId = await connectByOAuth(customer.api, 'rotating');
    const helpers = await Promise.all([
      newHelper(customer, 'hook_it', hook()),
      newHelper({ ...customer, connectionId }, 'note_it', NOTE),
    ]);
    const accepted = new Map(helpers.map((helper) => [helper, [] as string[]]));
    /** Executions of every helper until `work` is done. */
    const underLoad = async <T>(work: () => Promise<T>): Promise<T> => {
      const load = new AbortController();
      const loaded = helpers.map(async (helper) => {
        for (let contact = 0; !load.signal.aborted; contact += 1) {
          const [id = ''] = contactIds(1001 + (contact % 40), 1);
          accepted.get(helper)?.push(await execute(customer, helper, id));
          await delay(100);
        }
      });
      const result = await work();
      load.abort();
      await Promise.all(loaded);
      for (const helper of helpers) await auditExecutions(customer, helper, accepted.get(helper) ?? []);
      return result;
    };
    await underLoad(() => delay(1_000));

    await stopRunners();
    await restartServices(`${SECOND},${FIRST}`);
    await system.startRunner({ MFH_SEALING_KEYS: `${SECOND},${FIRST}` });
    const before = await rotate(`${SECOND},${FIRST}`, '--check');
    expect([before.code, before.output]).toEqual([1, expect.stringContaining('need an older key')]);

    await system.sandbox.expireTokens();
    const rotated = await underLoad(() => rotate(`${SECOND},${FIRST}`, '--batch', '7'));
    expect([rotated.code, rotated.output]).toEqual([0, expect.stringContaining('Nothing is sealed by an older key')]);
    process.stdout.write(`${rotated.output}${[...accepted.values()].flat().length} executions\n`);

    await stopRunners();
    await restartServices(SECOND);
    await system.startRunner({ MFH_SEALING_KEYS: SECOND });
    expect((await rotate(SECOND, '--check')).code).toBe(0);
    // Credentials, secrets of helpers, refresh tokens and the keys that sign sessions: all open with the new key alone.
    await system.sandbox.expireTokens();
    const last = await Promise.all(helpers.map((helper) => execute(customer, helper, '1003')));
    for (const id of last) expect(await customer.api.ended(id)).toMatchObject({ status: 'completed', attempt: 1 });
    expect(new Set(received)).toEqual(new Set([`Bearer ${TOKEN}`]));
  });

  it('does not strand jobs that were queued under a key that is gone', async () => {
    const { system, customer } = running;
    await stopRunners();
    const helper = await newHelper(customer, 'hook_it', hook());
    const ids = await Promise.all(contactIds(1301, 5).map((contact) => execute(customer, helper, contact)));
    await restartServices(`${THIRD},${SECOND}`);
    expect((await rotate(`${THIRD},${SECOND}`)).code).toBe(0);
    await restartServices(THIRD);
    await system.startRunner({ MFH_SEALING_KEYS: THIRD });
    await auditExecutions(customer, helper, ids);
    expect(received.at(-1)).toBe(`Bearer ${TOKEN}`);
  });
});
