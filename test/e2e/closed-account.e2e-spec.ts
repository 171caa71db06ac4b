import { expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import { execute, newCustomer, newHelper, PASSWORD, type Customer } from './support/customer.js';
import { useSystem } from './support/use-system.js';

const CONTACTS = ['1001', '1002', '1003'];

const running = useSystem({ env: { MFH_SWEEP_MS: '300' } });

const noteOf = (customer: Customer, subject: string) => newHelper(customer, 'note_it', { subject, body: 'Once' });
const notes = async () => {
  const effects = await running.system.sandbox.effects({ operation: 'CreateNote' });
  return effects.map(({ args }) => (args as { title?: string }).title).toSorted();
};

async function close({ api, accountId }: Customer): Promise<void> {
  const { name } = (await api.get<{ name: string }>(`/accounts/${accountId}`)).data;
  const answer = await api.request('DELETE', `/accounts/${accountId}`, { password: PASSWORD, confirm: name });
  expect(answer.status).toBe(202);
}

it('executes nothing while it can be restored, and goes on where it was afterwards', async () => {
  const { system, customer } = running;
  const neighbour = await newCustomer(system);
  const [own, others] = [await noteOf(customer, 'own'), await noteOf(neighbour, 'others')];
  await Promise.all(system.runners.splice(0).map((runner) => runner.stop()));
  const queued: string[] = [];
  for (const contact of CONTACTS) queued.push(await execute(customer, own, contact));

  await close(customer);
  // What is asked for before helpers has heard of it is accepted, and waits like the rest.
  const ask = async () => {
    const answer = await customer.api.post<{ execution_id: string }>(`/helpers/${own}/execute`, { contact_id: '1004' });
    if (answer.status === 202) queued.push(answer.data.execution_id);
    return answer;
  };
  const byKey = () => customer.byKey.post(`/helper/${own}/execute`, { contact_id: '1004' });
  await waitFor(async () => (await ask()).status === 403, { what: 'the account to be closed to executions' });
  for (const refused of [await ask(), await byKey()]) {
    expect(refused).toMatchObject({ status: 403, body: { code: 'account.suspended' } });
  }
  for (const id of queued.slice(0, CONTACTS.length)) {
    const read = () => customer.api.get<{ status: string; waiting?: { reason: string } }>(`/executions/${id}`);
    const waiting = await waitFor(async () => {
      const { data } = await read();
      return data.waiting?.reason === 'account_closing' && data;
    });
    expect(waiting.status).toBe('pending');
  }

  // Jobs lie in the stream in the order in which they came: whoever gets to the last one has seen the others.
  const last = await execute(neighbour, others, '1001');
  await system.startRunner();
  expect((await neighbour.api.ended(last)).status).toBe('completed');
  expect(await notes()).toEqual(['others']);

  expect((await customer.api.post(`/accounts/${customer.accountId}/restore`, {})).status).toBe(200);
  for (const id of queued) expect((await customer.api.ended(id)).status).toBe('completed');
  expect(await notes()).toEqual(['others', ...queued.map(() => 'own')]);
  await waitFor(async () => (await ask()).status === 202, { what: 'the account to be open to executions' });
});
