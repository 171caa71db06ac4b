import { randomBytes } from 'node:crypto';
import type { PlanId } from '#contracts';
import type { ApiClient } from './api-client.js';
import type { RunningSystem } from './running-system.js';

export const PASSWORD = 'Correct-Horse-7';

export interface Customer {
  email: string;
  accountId: string;
  token: string;
  refreshToken: string;
  /** The API as this customer, signed in. */
  api: ApiClient;
  connectionId: string;
  key: string;
  /** The API with the customer's key. */
  byKey: ApiClient;
}

interface Registered {
  token: string;
  refresh_token: string;
  account: { account_id: string };
}

/** Puts an account on a plan, as an operator would. */
export async function setPlan(accountId: string, plan: PlanId): Promise<void> {
  // Subjects are fixed when these are loaded: not before the suite's own prefix is known.
  const [{ connectToBroker, Questions }, { questions }] = await Promise.all([
    import('#messaging'),
    import('#contracts'),
  ]);
  const connection = await connectToBroker('e2e');
  try {
    await new Questions(connection).ask(questions.setPlan, { account_id: accountId, plan }, { timeoutMs: 10_000 });
  } finally {
    await connection.close();
  }
}

/** A new customer on a plan, connected to the demo CRM, with an API key for everything. */
export async function newCustomer(system: RunningSystem, plan: PlanId = 'deliver'): Promise<Customer> {
  const email = `c${randomBytes(6).toString('hex')}@example.com`;
  const registered = (
    await system.api.post<Registered>('/auth/register', { email, password: PASSWORD, name: 'Test Person' })
  ).data;
  const accountId = registered.account.account_id;
  if (plan !== 'free') await setPlan(accountId, plan);
  const api = system.api.withToken(registered.token);
  const connection = await api.post<{ connection_id: string }>('/platforms/sandbox/connections', {
    name: 'Demo CRM',
    credentials: { api_key: 'sandbox-demo-key' },
  });
  const key = (await api.post<{ key: string }>('/api-keys', { name: 'All', permissions: ['*'] })).data.key;
  return {
    email,
    accountId,
    token: registered.token,
    refreshToken: registered.refresh_token,
    api,
    connectionId: connection.data.connection_id,
    key,
    byKey: system.api.withKey(key),
  };
}

/** A helper of a customer; its id. */
export async function newHelper(
  customer: Customer,
  helperType: string,
  config: Record<string, unknown>,
): Promise<string> {
  const body = { name: helperType, helper_type: helperType, connection_id: customer.connectionId, config };
  return (await customer.api.post<{ helper_id: string }>('/helpers', body)).data.helper_id;
}

/** Asks for an execution by key and answers its id. @throws Error unless it was accepted */
export async function execute(
  customer: Customer,
  helperId: string,
  contactId?: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const body = contactId === undefined ? {} : { contact_id: contactId };
  return (await customer.byKey.post<{ execution_id: string }>(`/helper/${helperId}/execute`, body, headers)).data
    .execution_id;
}
