import { startConnections, type RunningConnections } from '../testing/running-connections.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  scopeOf,
  unavailable,
  type ConnectionCredentials,
  type ConnectorSecrets,
  type Problem,
  questions as asked,
} from '#contracts';
import { sealerFromEnvironment } from '#sealing';
import type { RunningService } from '#service-defaults';
import { waitFor } from '#testing';
import { Clock } from '../clock.js';
import { ConnectionAuths } from '../persistence/connection-auths.repository.js';
import { TOKEN_PATH } from '../testing/fake-vendor.js';
import { signIn } from '../testing/signed-in.js';
import { TokenRefresher } from './token-refresher.js';

let running: RunningConnections;
let replica: RunningService;
/** Milliseconds by which both replicas' clocks are ahead. */
let ahead = 0;

beforeAll(async () => {
  running = await startConnections();
  replica = await running.another();
  for (const { app } of [running.service, replica]) app.get(Clock).now = () => new Date(Date.now() + ahead);
});
afterAll(async () => {
  await replica.stop();
  await running.stop();
});
beforeEach(() => {
  ahead = 0;
  running.vendor.lifetime = 3600;
  running.vendor.on(TOKEN_PATH, (call) => running.vendor.grant(call));
});

let accounts = 0;
/** A connection made by signing in, in an account of its own. */
async function signedIn(): Promise<{ account_id: string; connection_id: string }> {
  const account_id = `account:0190d000-0000-7000-8000-${String((accounts += 1)).padStart(12, '0')}`;
  return { account_id, connection_id: await signIn(running, account_id, `person-${accounts}`) };
}
type Ref = Awaited<ReturnType<typeof signedIn>>;

const refresh = (ref: Ref, stale_version = 1, reason: 'rejected' | 'ahead' = 'rejected') =>
  running.ask(asked.refreshCredentials, { ...ref, stale_version, reason }, { timeoutMs: 20_000 });
const problemOf = async (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => {
      throw new Error('was answered');
    },
    (error: Problem) => error,
  );
const tokenCalls = (): number => running.vendor.callsOf(TOKEN_PATH).length;
const opened = async (ref: Ref, { sealed }: ConnectionCredentials): Promise<ConnectorSecrets> =>
  JSON.parse(await sealerFromEnvironment().open(sealed, ref.account_id)) as ConnectorSecrets;
const shown = async (ref: Ref) =>
  (await running.call(ref.account_id, 'GET', `/platform-connections/${ref.connection_id}`)).body.data as {
    status: string;
    status_reason?: string;
  };
const kindsOf = (ref: Ref): string[] =>
  running.events.filter(({ subject }) => subject === ref.connection_id).map(({ type }) => type.split('.')[3] ?? '');

describe('credentials', () => {
  it('gives runners the access token sealed, and the refresh token to nobody', async () => {
    const ref = await signedIn();
    const answer = await running.ask(asked.credentials, ref);
    expect(answer).toMatchObject({
      platform: 'sandbox',
      status: 'active',
      auth_type: 'oauth2',
      version: 1,
      base_url: `${running.vendor.url}/keap/crm/rest/v2`,
      rate_scope: ref.connection_id,
      limits: { requests_per_second: 100, burst_limit: 200 },
    });
    expect(await opened(ref, answer)).toEqual({ access_token: expect.stringMatching(/^at-/) });
    expect(JSON.stringify(answer)).not.toMatch(/at-\d|rt-\d/);
    const worn = (Date.parse(answer.refresh_after ?? '') - Date.now()) / 1000;
    expect(worn).toBeGreaterThan(2800);
    expect(worn).toBeLessThanOrEqual(2880);
    await expect(sealerFromEnvironment().open(answer.sealed, 'account:other')).rejects.toThrow();
  });

  it('does not know connections of other accounts', async () => {
    const { connection_id } = await signedIn();
    const foreign = { account_id: 'account:other', connection_id };
    const notFound = { status: 404, code: 'connections.not_found' };
    expect(await problemOf(running.ask(asked.credentials, foreign))).toMatchObject(notFound);
    expect(await problemOf(refresh(foreign))).toMatchObject(notFound);
  });
});

describe('refreshCredentials', () => {
  it('makes one call of 20 askers on two replicas and stores the spent token’s successor before it answers', async () => {
    const ref = await signedIn();
    const before = tokenCalls();
    running.vendor.on(TOKEN_PATH, async (call) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return running.vendor.grant(call);
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(ref)));
    expect(tokenCalls()).toBe(before + 1);
    expect(new Set(answers.map(({ version }) => version))).toEqual(new Set([2]));
    expect(new Set(answers.map(({ sealed }) => sealed)).size).toBe(1);
    const stored = await replica.app.get(ConnectionAuths).ofConnection(scopeOf(ref.account_id), ref.connection_id);
    expect(stored.sealed).toBe(answers[0]?.sealed);
    // The rotated token works: the next refresh is granted.
    expect((await refresh(ref, 2)).version).toBe(3);
    await waitFor(() => kindsOf(ref).length === 3);
    expect(kindsOf(ref)).toEqual(['created', 'updated', 'updated']);
  });

  it('answers at once where newer credentials are known', async () => {
    const ref = await signedIn();
    const next = await refresh(ref);
    const before = tokenCalls();
    expect(await refresh(ref, 1)).toEqual(next);
    expect(tokenCalls()).toBe(before);
  });

  it('refreshes ahead after four fifths of the lifetime, not before', async () => {
    const ref = await signedIn();
    ahead = 2_870_000;
    expect((await refresh(ref, 1, 'ahead')).version).toBe(1);
    ahead = 2_890_000;
    expect((await refresh(ref, 1, 'ahead')).version).toBe(2);
  });

  it('keeps credentials that still work when the vendor has no newer ones', async () => {
    const ref = await signedIn();
    running.vendor.on(TOKEN_PATH, () => ({ status: 500, body: {} }));
    ahead = 3_000_000;
    expect((await refresh(ref, 1, 'ahead')).version).toBe(1);
    ahead = 3_700_000;
    expect(await problemOf(refresh(ref, 1, 'ahead'))).toMatchObject({ code: 'connections.vendor_unavailable' });
  });

  it('marks the connection when the vendor refuses, tells it once and asks no more', async () => {
    const ref = await signedIn();
    running.vendor.withdraw();
    const before = tokenCalls();
    const refusals = await Promise.all(Array.from({ length: 5 }, () => problemOf(refresh(ref))));
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ status: 400, code: 'connections.credentials_rejected' });
    }
    await problemOf(refresh(ref));
    expect(tokenCalls()).toBe(before + 1);
    expect(await shown(ref)).toMatchObject({ status: 'error', status_reason: 'expired' });
    await waitFor(() => kindsOf(ref).includes('expired'));
    expect(kindsOf(ref)).toEqual(['created', 'expired']);
    // Signing in again renews it.
    const person = `person-${accounts}`;
    expect(await signIn(running, ref.account_id, person)).toBe(ref.connection_id);
    expect(await shown(ref)).not.toHaveProperty('status_reason');
    expect((await refresh(ref, 2)).version).toBe(3);
  });

  it('does not call before the time the vendor named, and blames nobody', async () => {
    const ref = await signedIn();
    running.vendor.on(TOKEN_PATH, () => ({ status: 429, body: {}, headers: { 'retry-after': '30' } }));
    expect(await problemOf(refresh(ref))).toMatchObject({ status: 503, headers: { 'Retry-After': '30' } });
    running.vendor.on(TOKEN_PATH, (call) => running.vendor.grant(call));
    const before = tokenCalls();
    ahead = 20_000;
    await problemOf(refresh(ref));
    expect(tokenCalls()).toBe(before);
    expect((await shown(ref)).status).toBe('active');
    ahead = 31_000;
    expect((await refresh(ref)).version).toBe(2);
  });

  it('does not take a refusal of our own client for the customer’s fault', async () => {
    const ref = await signedIn();
    running.vendor.on(TOKEN_PATH, () => ({ status: 401, body: { error: 'invalid_client' } }));
    expect(await problemOf(refresh(ref))).toMatchObject({ status: 502, code: 'connections.vendor_unavailable' });
    expect((await shown(ref)).status).toBe('active');
  });

  it('takes over from a process that died with the lease', async () => {
    const ref = await signedIn();
    const scope = scopeOf(ref.account_id);
    const auths = replica.app.get(ConnectionAuths);
    const auth = await auths.ofConnection(scope, ref.connection_id);
    const now = new Date();
    const until = new Date(now.getTime() + 400);
    expect(await auths.takeLease(scope, auth, { id: 'dead', until }, now)).not.toBeNull();
    const before = tokenCalls();
    expect((await refresh(ref)).version).toBe(2);
    expect(Date.now()).toBeGreaterThanOrEqual(until.getTime());
    expect(tokenCalls()).toBe(before + 1);
  });

  it('does not lose the new tokens to a database that is away for a moment', async () => {
    const ref = await signedIn();
    const auths = running.service.app.get(ConnectionAuths);
    const store = auths.replaceSecrets.bind(auths);
    let failures = 2;
    auths.replaceSecrets = (...given) => {
      if (failures === 0) return store(...given);
      failures -= 1;
      return Promise.reject(unavailable('The database'));
    };
    const before = tokenCalls();
    const refresher = running.service.app.get(TokenRefresher);
    const request = { connectionId: ref.connection_id, staleVersion: 1, reason: 'rejected' } as const;
    const renewed = await refresher.newerThan(scopeOf(ref.account_id), request);
    auths.replaceSecrets = store;
    expect([failures, renewed.credentials_version, tokenCalls() - before]).toEqual([0, 2, 1]);
  });

  it('stores what the vendor granted before the process stops', async () => {
    const ref = await signedIn();
    const leaving = await running.another();
    let asking = false;
    running.vendor.on(TOKEN_PATH, async (call) => {
      asking = true;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return running.vendor.grant(call);
    });
    const refresher = leaving.app.get(TokenRefresher);
    const request = { connectionId: ref.connection_id, staleVersion: 1, reason: 'rejected' } as const;
    const work = refresher.newerThan(scopeOf(ref.account_id), request);
    await waitFor(() => asking);
    await leaving.stop();
    expect((await work).credentials_version).toBe(2);
    expect((await running.ask(asked.credentials, ref)).version).toBe(2);
  });

  it('lets a reconnect during the refresh win', async () => {
    const ref = await signedIn();
    const person = `person-${accounts}`;
    running.vendor.on(TOKEN_PATH, async (call) => {
      if (call.form['grant_type'] === 'refresh_token') await signIn(running, ref.account_id, person);
      return running.vendor.grant(call);
    });
    const answer = await refresh(ref);
    expect(answer.version).toBe(2);
    const current = await running.ask(asked.credentials, ref);
    expect(current.sealed).toBe(answer.sealed);
  });

  it('says that API keys cannot be refreshed', async () => {
    const account_id = 'account:0190d000-0000-7000-8000-00000000ffff';
    const body = { name: 'Key', credentials: { api_key: 'k' } };
    const created = await running.call(account_id, 'POST', '/platforms/sandbox/connections', body);
    const { connection_id } = created.body.data as { connection_id: string };
    const ref = { account_id, connection_id };
    expect(await problemOf(refresh(ref))).toMatchObject({ status: 422, code: 'connections.not_refreshable' });
    expect((await refresh(ref, 1, 'ahead')).version).toBe(1);
  });
});

describe('reportCredentialsInvalid', () => {
  it('marks the connection once and ignores reports about older credentials', async () => {
    const ref = await signedIn();
    await refresh(ref);
    const report = (version: number) =>
      running.ask(asked.reportCredentialsInvalid, { ...ref, version, reason: 'auth_invalid' });
    expect(await report(1)).toEqual({ status: 'active', changed: false });
    expect(await report(2)).toEqual({ status: 'error', changed: true });
    expect(await report(2)).toEqual({ status: 'error', changed: false });
    expect(await shown(ref)).toMatchObject({ status: 'error', status_reason: 'auth_invalid' });
    await waitFor(() => kindsOf(ref).includes('expired'));
    expect(kindsOf(ref)).toEqual(['created', 'updated', 'expired']);
  });
});

describe('other questions', () => {
  it('describes and counts', async () => {
    const ref = await signedIn();
    expect(await running.ask(asked.describeConnection, ref)).toMatchObject({
      connection_id: ref.connection_id,
      platform: 'sandbox',
      name: 'Sandbox CRM Connection',
      status: 'active',
    });
    expect(await running.ask(asked.countConnections, { account_id: ref.account_id })).toEqual({ count: 1 });
    expect(await running.ask(asked.countConnections, { account_id: 'account:other' })).toEqual({ count: 0 });
  });
});
