import { LinkingApp } from '#testing';
import type { ApiAnswer } from './api-client.js';
import { execute, newHelper, PASSWORD, type Customer } from './customer.js';
import { newDeadLetter } from './dead-letter.js';
import type { RunningSystem } from './running-system.js';

const TRIGGERS = [{ event: 'contact_created' }, { event: 'tag_applied' }, { event: 'tag_removed' }];
/** For whom the CRM breaks down. */
const CONTACT = '1150';

/** Gives a customer what paths of lists name. @returns values for these names */
export async function withOneOfEach(customer: Customer): Promise<Record<string, string>> {
  const helper = await newHelper(customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
  const executionId = await execute(customer, helper, '1003');
  await customer.api.ended(executionId);
  return {
    account_id: customer.accountId,
    helper_id: helper,
    execution_id: executionId,
    platform_id: 'sandbox',
    connection_id: customer.connectionId,
  };
}

async function made(request: Promise<ApiAnswer>): Promise<void> {
  const { status, body } = await request;
  if (status >= 300) throw new Error(`Not made, ${status}: ${JSON.stringify(body)}`);
}

/** Gives a customer several of everything that is listed; apps may be linked to the system. @returns values for the names in paths of lists */
export async function fillLists(system: RunningSystem, customer: Customer): Promise<Record<string, string>> {
  const { api, accountId, email } = customer;
  const names = await withOneOfEach(customer);
  for (let letters = 0; letters < 2; letters += 1) await newDeadLetter(system, customer, CONTACT);
  const snapshots = await newHelper(customer, 'snapshot_it', {});
  for (const contact of ['1001', '1002']) await api.ended(await execute(customer, snapshots, contact));
  for (const trigger of TRIGGERS) await made(api.post(`/helpers/${names['helper_id'] ?? ''}/triggers`, trigger));
  for (const name of ['Second', 'Third']) {
    await made(api.post('/api-keys', { name, permissions: ['read_helpers'] }));
    await made(api.post('/platforms/sandbox/connections', { name, credentials: { api_key: 'sandbox-demo-key' } }));
    await made(api.post('/auth/login', { email, password: PASSWORD }));
    const invited = `${name.toLowerCase()}-${accountId.replace(/\W/g, '')}@example.com`;
    await made(api.post(`/accounts/${accountId}/team`, { email: invited }));
    await made(api.post('/accounts', { name }));
    await new LinkingApp(system.url).link(email, PASSWORD);
  }
  return names;
}
