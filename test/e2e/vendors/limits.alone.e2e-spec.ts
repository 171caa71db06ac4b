import { describe, expect, it } from '@jest/globals';
import { auditExecutions } from '../support/audit.js';
import { execute, newHelper } from '../support/customer.js';
import { contactIds } from '../support/persistent-clients.js';
import { useSystem } from '../support/use-system.js';
import { connectionOf } from '../support/wanted-connection.js';

const running = useSystem({
  runners: 4,
  env: { MFH_CRMS: 'sandbox', MFH_LIMITS: 'standard', MFH_SANDBOX_LIMITS: 'as-vendors' },
});
const BUSY = 40;
const OTHER = 4;

/** The demo CRM counts five calls a second, as the vendor does, and refuses the sixth. */
describe('a connection whose vendor counts', () => {
  it('is used by four runners without refusals, and no helper waits for all the calls of another', async () => {
    const { system, customer } = running;
    const { api } = customer;
    const made = await api.post<{ connection_id: string }>('/platforms/activecampaign/connections', {
      name: 'Counted',
      credentials: { api_url: `${system.sandbox.url}/activecampaign`, api_key: 'sandbox-key-counted' },
    });
    const connection = { ...customer, connectionId: made.data.connection_id };
    const [busy, other] = [
      await newHelper(connection, 'note_it', { subject: 'Busy', body: 'One of many' }),
      await newHelper(connection, 'note_it', { subject: 'Other', body: 'One of few' }),
    ];
    expect((await connectionOf(customer, connection.connectionId)).budget).toMatchObject({
      limit: 5,
      windows: [{ name: 'account', seconds: 1, limit: 5 }],
    });

    const many = await Promise.all(contactIds(1001, BUSY).map((contact) => execute(customer, busy, contact)));
    const few = await Promise.all(contactIds(1101, OTHER).map((contact) => execute(customer, other, contact)));
    await auditExecutions(customer, other, few, 90_000);
    await auditExecutions(customer, busy, many, 120_000);

    const ended = await api.executionsOf(busy);
    expect(ended.map(({ attempt }) => attempt)).toEqual(many.map(() => 1));
    const endOf = async (helper: string): Promise<number> =>
      Math.max(...(await api.executionsOf(helper)).map(({ completed_at }) => Date.parse(completed_at ?? '')));
    expect(await endOf(other)).toBeLessThan(await endOf(busy));

    const { requests } = await system.sandbox.requests();
    const calls = requests.filter(({ path }) => path.startsWith('/activecampaign'));
    const refused = calls.filter(({ status }) => status === 429);
    process.stdout.write(`${calls.length} calls, ${refused.length} refused\n`);
    expect(calls.length).toBeGreaterThan(BUSY);
    expect(refused.length).toBeLessThanOrEqual(calls.length * 0.02);
  });
});
