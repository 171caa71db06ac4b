import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot, startProductProcesses, type ProductProcesses } from '#testing';
import { CONTACTS, FIRST_CONTACT } from './settings.js';

const PASSWORD = 'Correct-Horse-7';

/** The product as a local start runs it: gateway, all services, one runner, the demo CRM. */
export interface Product {
  processes: ProductProcesses['processes'];
  databasePrefix: string;
  /** One request for an execution of the measured helper for some contact. */
  executeUrl: string;
  key: string;
  stop(): Promise<void>;
}

export interface ProductOptions {
  databasePrefix: string;
  env?: Record<string, string>;
}

export async function startProduct({ databasePrefix, env = {} }: ProductOptions): Promise<Product> {
  const { processes, url, stop } = await startProductProcesses({
    MFH_DATABASE_PREFIX: databasePrefix,
    MFH_SANDBOX_CONTACTS: String(CONTACTS),
    MFH_LIVE_WAITING: '100000',
    ...env,
  });
  const { key, helperId } = await prepareCustomer(url, env);
  return { processes, databasePrefix, executeUrl: `${url}/helper/${helperId}/execute`, key, stop };
}

/** A customer on a paid plan with the measured helper and an API key. */
async function prepareCustomer(url: string, env: Record<string, string>): Promise<{ key: string; helperId: string }> {
  let token = '';
  const post = async <Data>(path: string, body: unknown): Promise<Data> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== '' && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { data: Data }).data;
  };
  const email = `bench-${Date.now()}@example.com`;
  const registered = await post<{ token: string; account: { account_id: string } }>('/auth/register', {
    email,
    password: PASSWORD,
    name: 'Bench',
  });
  ({ token } = registered);
  await onPaidPlan(registered.account.account_id, env);
  const { connection_id } = await post<{ connection_id: string }>('/platforms/sandbox/connections', {
    name: 'Demo CRM',
    credentials: { api_key: 'sandbox-demo-key' },
  });
  const { key } = await post<{ key: string }>('/api-keys', { name: 'Bench' });
  const { helper_id } = await post<{ helper_id: string }>('/helpers', {
    name: 'Capitals',
    helper_type: 'format_it',
    connection_id,
    config: { field: 'first_name', format: 'uppercase' },
  });
  return { key, helperId: helper_id };
}

/** As an operator does it. */
async function onPaidPlan(accountId: string, env: Record<string, string>): Promise<void> {
  const commandLine = join(projectRoot(), 'dist', 'tools', 'mfh', 'src', 'main.js');
  await promisify(execFile)(process.execPath, [commandLine, 'set-plan', accountId, 'deliver'], {
    env: { ...process.env, ...env },
  });
}

export const someContact = (): string => String(FIRST_CONTACT + Math.floor(Math.random() * CONTACTS));
