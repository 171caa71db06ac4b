import { describe, expect, it } from '@jest/globals';
import { auditExecutions } from '../support/audit.js';
import { execute, newCustomer, newHelper, type Customer } from '../support/customer.js';
import { connectByOAuth } from '../support/oauth-connection.js';
import { contactIds } from '../support/persistent-clients.js';
import { useSystem } from '../support/use-system.js';
import { connectionOf } from '../support/wanted-connection.js';

const RUNNERS = 4;
const ASKERS = 20;
const NOTE = { subject: 'Signed in', body: 'By OAuth' };

const running = useSystem({ runners: RUNNERS, env: { MFH_CRMS: 'sandbox' } });

/** The vendors' own sign-ins, at the demo CRM in each one's manner. */
describe.each([
  ['keap', '/keap/token'],
  ['gohighlevel', '/gohighlevel/oauth/token'],
  ['hubspot', '/hubspot/oauth/v3/token'],
])('%s', (platform, tokenPath) => {
  let connected: { customer: Customer; connectionId: string; helperId: string };

  const tokenCalls = async (): Promise<number> => {
    const { requests } = await running.system.sandbox.requests('RefreshToken');
    return requests.filter(({ path }) => path === tokenPath).length;
  };
  const notes = async () =>
    (await running.system.sandbox.effects({ operation: 'CreateNote' })).map((n) => n.contact_id);

  it('is connected by signing in, keeps whose account it is, and helpers run on it', async () => {
    const customer = await newCustomer(running.system);
    const connectionId = await connectByOAuth(customer.api, 'ada', platform);
    const helperId = await newHelper({ ...customer, connectionId }, 'note_it', NOTE);
    connected = { customer, connectionId, helperId };

    const shown = await connectionOf(customer, connectionId);
    expect(shown).toMatchObject({ status: 'active', external_user_id: expect.any(String) });
    if (platform !== 'keap') expect(shown.external_app_id).toMatch(/\w/);
    expect(shown.budget?.windows.length).toBeGreaterThan(0);
    const ended = await customer.api.ended(await execute(customer, helperId, '1001'));
    expect(ended).toMatchObject({ status: 'completed', attempt: 1 });
    expect(await connectByOAuth(customer.api, 'ada', platform)).toBe(connectionId);
  });

  it(`is refreshed by one call when ${RUNNERS} runners find out that its token has expired`, async () => {
    const { customer, connectionId } = connected;
    const helperId = await newHelper({ ...customer, connectionId }, 'note_it', { ...NOTE, subject: 'Expired' });
    const warm = await Promise.all(contactIds(1101, 8).map((contact) => execute(customer, helperId, contact)));
    await auditExecutions(customer, helperId, warm);
    await running.system.sandbox.expireTokens();
    await running.system.sandbox.forgetEffects();
    await running.system.sandbox.forgetRequests();

    const contacts = contactIds(1001, ASKERS);
    const ids = await Promise.all(contacts.map((contact) => execute(customer, helperId, contact)));
    await auditExecutions(customer, helperId, [...warm, ...ids]);
    expect(await tokenCalls()).toBe(1);
    expect((await notes()).toSorted()).toEqual([...contacts].toSorted());
    // The rotated refresh token was stored: the next refresh is granted.
    await running.system.sandbox.expireTokens();
    const again = await execute(customer, helperId, '1050');
    expect(await customer.api.ended(again)).toMatchObject({ status: 'completed', attempt: 1 });
    expect(await tokenCalls()).toBe(2);
  });

  it(`is refreshed by one call when ${ASKERS} processes ask two replicas of the service at once`, async () => {
    const { system } = running;
    const { customer, connectionId } = connected;
    const replica = await system.startApp('platforms-connections');
    const [{ connectToBroker, Questions }, { questions }] = await Promise.all([
      import('#messaging'),
      import('#contracts'),
    ]);
    const own = await connectToBroker('e2e');
    const brokers = await Promise.all(Array.from({ length: ASKERS }, (_, asker) => connectToBroker(`asker-${asker}`)));
    const credentials = () => new Questions(own).ask(questions.credentials, ref);
    const ref = { account_id: customer.accountId, connection_id: connectionId };
    try {
      const { version } = await credentials();
      await system.sandbox.forgetRequests();
      const request = { ...ref, stale_version: version, reason: 'rejected' as const };
      const answers = await Promise.all(
        brokers.map((broker) =>
          new Questions(broker).ask(questions.refreshCredentials, request, { timeoutMs: 20_000 }),
        ),
      );
      expect(await tokenCalls()).toBe(1);
      expect(new Set(answers.map((answer) => answer.sealed)).size).toBe(1);
      expect(answers[0]?.version).toBe(version + 1);
      // What was answered is what is stored.
      expect((await credentials()).sealed).toBe(answers[0]?.sealed);
    } finally {
      await Promise.all([own, ...brokers].map((broker) => broker.close()));
      await replica.stop();
    }
  });
});
