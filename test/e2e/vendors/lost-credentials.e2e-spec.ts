import { describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { auditExecutions } from '../support/audit.js';
import { execute, newCustomer, newHelper, type Customer } from '../support/customer.js';
import { connectByOAuth } from '../support/oauth-connection.js';
import { contactIds } from '../support/persistent-clients.js';
import type { SandboxFault } from '../support/sandbox-admin.js';
import { useSystem } from '../support/use-system.js';
import { connectionOf, waitingForConnection } from '../support/wanted-connection.js';

const NOTE = { subject: 'Waited', body: 'For a connection' };
const running = useSystem({ runners: 2, env: { MFH_CRMS: 'sandbox', MFH_MAX_ATTEMPTS: '2' } });

/** What the account's subscribers are told while `work` goes on: connections that wait for their owner. */
async function expiredDuring(work: () => Promise<void>): Promise<{ account: string; connection: string }[]> {
  const [{ connectToBroker }, { CloudEvent, events }] = await Promise.all([import('#messaging'), import('#contracts')]);
  const broker: NatsConnection = await connectToBroker('e2e');
  const told: { account: string; connection: string }[] = [];
  broker.subscribe(events.connectionExpired.subject(), {
    callback: (_error, message) => {
      const event = CloudEvent.parse(message.json());
      told.push({ account: event.accountid ?? '', connection: event.subject ?? '' });
    },
  });
  try {
    await work();
    await broker.flush();
    return told;
  } finally {
    await broker.close();
  }
}

interface Waiting {
  customer: Customer;
  helperId: string;
  ids: string[];
}

/** Six executions that all wait for the connection, none of which has used an attempt. */
async function sixWaiting(customer: Customer, connectionId: string, statusReason: string): Promise<Waiting> {
  const helperId = await newHelper({ ...customer, connectionId }, 'note_it', NOTE);
  const ids = await Promise.all(contactIds(1201, 6).map((contact) => execute(customer, helperId, contact)));
  const waiting = await waitingForConnection(customer, ids);
  expect(waiting.map(({ attempt }) => attempt)).toEqual(ids.map(() => 1));
  expect(await connectionOf(customer, connectionId)).toMatchObject({ status: 'error', status_reason: statusReason });
  return { customer, helperId, ids };
}

async function allResumed({ customer, helperId, ids }: Waiting): Promise<void> {
  await auditExecutions(customer, helperId, ids, 30_000);
  const ended = await customer.api.executionsOf(helperId);
  expect(ended.map(({ attempt }) => attempt)).toEqual(ids.map(() => 1));
  const notes = await running.system.sandbox.effects({ operation: 'CreateNote' });
  expect(notes.map((note) => note.contact_id).toSorted()).toEqual(contactIds(1201, 6).toSorted());
}

describe('a refresh that the vendor refuses', () => {
  it.each([
    ['keap', '/keap/token'],
    ['gohighlevel', '/gohighlevel/oauth/token'],
    ['hubspot', '/hubspot/oauth/v3/token'],
  ])('lets the executions of a connection to %s wait until its owner signs in again', async (platform, tokenPath) => {
    const { sandbox } = running.system;
    await sandbox.call('POST', '/_admin/reset', {});
    const customer = await newCustomer(running.system);
    const connectionId = await connectByOAuth(customer.api, `owner-${platform}`, platform);
    await sandbox.faults([{ id: 'withdrawn', match: { path: tokenPath }, status: 400 }]);
    await sandbox.expireTokens();
    await sandbox.forgetRequests();
    let waiting: Waiting | undefined;
    const told = await expiredDuring(async () => {
      waiting = await sixWaiting(customer, connectionId, 'expired');
    });
    expect(told).toEqual([{ account: customer.accountId, connection: connectionId }]);
    // Nobody asks again with a token that was refused.
    expect((await sandbox.requests('RefreshToken')).requests.filter(({ path }) => path === tokenPath)).toHaveLength(1);

    await sandbox.faults([]);
    await sandbox.forgetEffects();
    expect(await connectByOAuth(customer.api, `owner-${platform}`, platform)).toBe(connectionId);
    expect(await connectionOf(customer, connectionId)).toMatchObject({ status: 'active' });
    if (waiting !== undefined) await allResumed(waiting);
  });
});

describe('a key that the vendor refuses', () => {
  const api_key = 'sandbox-key-owner';
  const refusing = (dialect: string, fault: Partial<SandboxFault>): SandboxFault => ({
    id: 'revoked',
    match: { dialect },
    ...fault,
  });

  it.each<[string, Partial<SandboxFault>, (url: string) => Record<string, string>]>([
    [
      'activecampaign',
      { status: 403, body: { message: 'Forbidden' } },
      (url) => ({ api_url: `${url}/activecampaign`, api_key }),
    ],
    [
      'ontraport',
      {
        status: 401,
        body: 'Your App ID and API Key do not authenticate.',
        headers: { 'content-type': 'text/html; charset=utf-8' },
      },
      () => ({ app_id: '2_12345_demo', api_key }),
    ],
  ])('lets the executions of a connection to %s wait until its owner gives another', async (platform, fault, form) => {
    const { sandbox } = running.system;
    await sandbox.call('POST', '/_admin/reset', {});
    const customer = await newCustomer(running.system);
    const credentials = form(sandbox.url);
    const made = await customer.api.post<{ connection_id: string }>(`/platforms/${platform}/connections`, {
      name: 'By key',
      credentials,
    });
    const { connection_id: connectionId } = made.data;
    await sandbox.faults([refusing(platform, fault)]);
    let waiting: Waiting | undefined;
    const told = await expiredDuring(async () => {
      waiting = await sixWaiting(customer, connectionId, 'auth_invalid');
    });
    expect(told).toEqual([{ account: customer.accountId, connection: connectionId }]);

    await sandbox.faults([]);
    await sandbox.forgetEffects();
    const path = `/platforms/${platform}/connections/${connectionId}`;
    const changed = await customer.api.request('PUT', path, {
      credentials: { ...credentials, api_key: `${api_key}-2` },
    });
    expect(changed.status).toBe(200);
    expect(await connectionOf(customer, connectionId)).toMatchObject({ status: 'active' });
    if (waiting !== undefined) await allResumed(waiting);
  });
});
